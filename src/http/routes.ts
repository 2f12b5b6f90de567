import type { RouteDeps } from './deps.js';
import type { Route } from './route.js';
import { inspectAudit } from './routes/audit/inspect-audit.js';
import { listAudit } from './routes/audit/list-audit.js';
import { classifyText } from './routes/classify/classify-text.js';
import { getDemo } from './routes/demo/get-demo.js';
import { removeDemo } from './routes/demo/remove-demo.js';
import { captureEvidence } from './routes/evidence/capture-evidence.js';
import { holdEvidence, releaseEvidence } from './routes/evidence/hold-evidence.js';
import { listEvidence } from './routes/evidence/list-evidence.js';
import { getHealth } from './routes/health/get-health.js';
import { getReadiness } from './routes/health/get-readiness.js';
import { createKey } from './routes/keys/create-key.js';
import { listKeys } from './routes/keys/list-keys.js';
import { revokeKey } from './routes/keys/revoke-key.js';
import { getCoverage } from './routes/packs/get-coverage.js';
import { listPacks } from './routes/packs/list-packs.js';
import { countPosts } from './routes/posts/count-posts.js';
import { createPosts } from './routes/posts/create-posts.js';
import { decidePost } from './routes/posts/decide-post.js';
import { erasePost } from './routes/posts/erase-post.js';
import { getPost } from './routes/posts/get-post.js';
import { listPosts } from './routes/posts/list-posts.js';
import { getRetention } from './routes/retention/get-retention.js';
import { getSession } from './routes/session/get-session.js';
import { setPassword } from './routes/session/set-password.js';
import { getCursor } from './routes/stream/get-cursor.js';
import { getTaxonomy } from './routes/taxonomy/get-taxonomy.js';
import { createUpload } from './routes/uploads/create-upload.js';
import { getUpload } from './routes/uploads/get-upload.js';
import { listUploads } from './routes/uploads/list-uploads.js';

/** Every route of the service, in the order in which they are tried. */
export function allRoutes(deps: RouteDeps): Route[] {
  return [
    getHealth(deps),
    getReadiness(deps),
    createPosts(deps),
    listPosts(deps),
    countPosts(deps),
    getPost(deps),
    decidePost(deps),
    erasePost(deps),
    classifyText(deps),
    createUpload(deps),
    listUploads(deps),
    getUpload(deps),
    getSession(deps),
    setPassword(deps),
    listKeys(deps),
    createKey(deps),
    revokeKey(deps),
    getDemo(deps),
    removeDemo(deps),
    getRetention(deps),
    listAudit(deps),
    inspectAudit(deps),
    listEvidence(deps),
    captureEvidence(deps),
    holdEvidence(deps),
    releaseEvidence(deps),
    getTaxonomy(deps),
    listPacks(deps),
    getCoverage(deps),
    getCursor(deps),
  ];
}
