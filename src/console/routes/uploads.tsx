import { useTranslation } from 'react-i18next';
import { UploadFlow } from '../features/uploads/upload-flow.js';
import { UploadList } from '../features/uploads/upload-list.js';
import { Page, Panel } from '../ui/page.js';

/** Media samples in files: choose, look, map the columns, send, see what became of each row. */
export function UploadsRoute() {
  const { t } = useTranslation();
  return (
    <Page title={t('upload.title')} lead={t('upload.lead')}>
      <UploadFlow />
      <Panel title={t('upload.earlier')}>
        <UploadList />
      </Panel>
    </Page>
  );
}
