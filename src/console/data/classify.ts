import { useMutation } from '@tanstack/react-query';
import type { AssessmentWire, ClassifyInput } from '../../contract/assessment.js';
import { api } from './http.js';

/** Assesses a text; the service keeps nothing of it. */
export function useClassify() {
  return useMutation({
    mutationFn: (input: ClassifyInput) => api<AssessmentWire>('/v1/classify', { method: 'POST', body: input }),
    gcTime: 0,
  });
}
