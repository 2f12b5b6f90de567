import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PostInput } from '../../contract/post.js';
import type { Upload, UploadColumn } from '../../contract/upload.js';
import { api, readProblem } from './http.js';
import { ApiProblem } from './problem.js';

const uploadsKey = ['uploads'];

const sendKey = ['upload'];

/** Uploads so far, newest first. Asked for again while one of them runs or is being sent. */
export function useUploads() {
  const sending = useIsMutating({ mutationKey: sendKey }) > 0;
  return useQuery({
    queryKey: uploadsKey,
    queryFn: ({ signal }) => api<Upload[]>('/v1/uploads', { signal }),
    refetchInterval: (query) =>
      sending || query.state.data?.some((upload) => upload.status === 'running') ? 1_000 : false,
  });
}

export interface UploadCall {
  file: File;
  mapping: Partial<Record<UploadColumn, string>>;
  defaults: Partial<PostInput>;
  /** Called with the share of the file that is on its way, 0–1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends a file and resolves with what became of its rows. Aborting the signal stops it. */
export function useUpload() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: sendKey,
    mutationFn: send,
    onSettled: () => client.invalidateQueries({ queryKey: uploadsKey }),
  });
}

/** By XMLHttpRequest: `fetch` does not tell how much of a body has been sent. */
function send({ file, mapping, defaults, onProgress, signal }: UploadCall): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    // The fields first: a service that reads the body as a stream knows them when the rows begin.
    form.set('mapping', JSON.stringify(mapping));
    form.set('defaults', JSON.stringify(defaults));
    form.set('file', file);
    const request = new XMLHttpRequest();
    request.open('POST', '/v1/uploads');
    request.upload.addEventListener('progress', (event) =>
      onProgress(event.lengthComputable ? event.loaded / event.total : 0),
    );
    request.addEventListener('load', () => {
      if (request.status < 400) resolve(JSON.parse(request.responseText) as Upload);
      else reject(readProblem(request.status, request.responseText));
    });
    request.addEventListener('error', () => reject(new ApiProblem('unreachable', 0, 'unreachable')));
    request.addEventListener('abort', () => reject(new ApiProblem('cancelled', 0, 'cancelled')));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
