import { Button, Group, Progress, Stack } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recognise } from '../../../contract/columns.js';
import type { Mapping } from '../../../contract/columns.js';
import type { PostInput } from '../../../contract/post.js';
import { ApiProblem } from '../../data/problem.js';
import { useUpload, useUploads } from '../../data/uploads.js';
import { Panel } from '../../ui/page.js';
import { useNumber } from '../../ui/time.js';
import { sentence } from '../../ui/toast.js';
import { Defaults } from './defaults.js';
import { DropZone } from './drop-zone.js';
import { MappingTable } from './mapping-table.js';
import { BadSample, propose, readSample } from './sample.js';
import type { Sample, SampleProblem } from './sample.js';
import { UploadResult } from './upload-result.js';

/** From a chosen file to the account of its rows. */
export function UploadFlow() {
  const { t } = useTranslation();
  const number = useNumber();
  const upload = useUpload();
  const [sample, setSample] = useState<Sample>();
  const [problem, setProblem] = useState<SampleProblem>();
  const [chosen, setChosen] = useState<Mapping>({});
  const [defaults, setDefaults] = useState<Partial<PostInput>>({});
  const [share, setShare] = useState(0);
  const running = useUploads().data?.find((earlier) => earlier.status === 'running');
  const stop = useRef<AbortController>(undefined);

  const choose = async (file: File) => {
    upload.reset();
    setProblem(undefined);
    try {
      const read = await readSample(file);
      setSample(read);
      setChosen(propose(read));
    } catch (error) {
      if (!(error instanceof BadSample)) throw error;
      setSample(undefined);
      setProblem(error.problem);
    }
  };
  const send = ({ file }: Sample) => {
    stop.current = new AbortController();
    setShare(0);
    upload.mutate(
      { file, mapping: chosen, defaults, onProgress: setShare, signal: stop.current.signal },
      { onSuccess: () => setSample(undefined) },
    );
  };
  const hasText = sample !== undefined && recognise(sample.columns, chosen).text !== undefined;
  const cancelled = upload.error instanceof ApiProblem && upload.error.code === 'cancelled';
  return (
    <>
      <Panel title={t('upload.choose')}>
        <DropZone onFile={(file) => void choose(file)} disabled={upload.isPending} />
        {problem && <p role="alert">{t(`upload.problem.${problem}`)}</p>}
        {upload.error && <p role="alert">{cancelled ? t('upload.cancelled') : sentence(t, upload.error)}</p>}
      </Panel>
      {upload.data && <UploadResult upload={upload.data} />}
      {sample && (
        <Panel title={t('upload.check', { name: sample.file.name })}>
          <Stack gap="md">
            <MappingTable sample={sample} chosen={chosen} onChange={setChosen} />
            <Defaults value={defaults} onChange={setDefaults} />
            {upload.isPending ? (
              <div role="status">
                <Progress.Root size="lg">
                  <Progress.Section
                    value={Math.round(share * 100)}
                    animated={share >= 1}
                    aria-label={t('upload.progress')}
                  />
                </Progress.Root>
                <Group justify="space-between" mt={6}>
                  <span>
                    {share < 1
                      ? t('upload.sending', { percent: Math.round(share * 100) })
                      : t('upload.reading', { rows: number(running?.rows ?? 0) })}
                  </span>
                  <Button variant="default" onClick={() => stop.current?.abort()}>
                    {t('action.cancel')}
                  </Button>
                </Group>
              </div>
            ) : (
              <Group>
                <Button size="sm" disabled={!hasText} onClick={() => send(sample)}>
                  {t('upload.send', { size: number(Math.max(1, Math.round(sample.file.size / 1024))) })}
                </Button>
                <Button variant="default" size="sm" onClick={() => setSample(undefined)}>
                  {t('action.cancel')}
                </Button>
                {!hasText && <span role="alert">{t('upload.needText')}</span>}
              </Group>
            )}
          </Stack>
        </Panel>
      )}
    </>
  );
}
