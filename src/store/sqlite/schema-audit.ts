/** The audit chain. The triggers keep mistakes from changing it; what somebody changes on purpose, `tocsin verify` finds. */
export const auditChain = {
  name: 'the audit chain',
  sql: `
CREATE TABLE audit (n INTEGER PRIMARY KEY, doc TEXT NOT NULL) STRICT;
CREATE TRIGGER audit_no_change BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit chain is only ever added to'); END;
CREATE TRIGGER audit_no_removal BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit chain is only ever added to'); END;
`,
};
