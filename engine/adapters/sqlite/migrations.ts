/** Forward only: `migrations[n]` lifts a database from `user_version` n to n + 1. Never edit one that was released. */
export const migrations: readonly string[] = [
  /* sql */ `
  CREATE TABLE tenants (
    tenant TEXT PRIMARY KEY,
    chain BLOB NOT NULL,
    entries INTEGER NOT NULL,
    events INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE cases (
    number INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    token BLOB NOT NULL,
    key BLOB NOT NULL,
    name BLOB,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX case_token ON cases (tenant, token);

  CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    reason TEXT,
    case_number INTEGER,
    data BLOB NOT NULL,
    events TEXT,
    last_event INTEGER,
    hash BLOB NOT NULL,
    UNIQUE (stream, seq, tenant)
  ) STRICT;
  CREATE INDEX journal_event ON journal (tenant, last_event) WHERE last_event IS NOT NULL;

  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    flow TEXT NOT NULL,
    flow_name TEXT NOT NULL,
    version INTEGER NOT NULL,
    release TEXT NOT NULL,
    case_number INTEGER NOT NULL REFERENCES cases (number),
    token BLOB,
    status TEXT NOT NULL,
    running INTEGER NOT NULL,
    at TEXT NOT NULL,
    seq INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    FOREIGN KEY (tenant, release) REFERENCES releases (tenant, hash)
  ) STRICT;
  CREATE UNIQUE INDEX run_case ON runs (tenant, flow, token) WHERE token IS NOT NULL;
  CREATE INDEX run_newest ON runs (tenant, started_at, id);
  CREATE INDEX run_of_flow ON runs (tenant, flow, started_at, id);
  CREATE INDEX run_of_status ON runs (tenant, status, started_at, id);
  CREATE INDEX run_running ON runs (id) WHERE running > 0;

  CREATE TABLE snapshots (
    run TEXT PRIMARY KEY REFERENCES runs (id),
    tenant TEXT NOT NULL,
    seq INTEGER NOT NULL,
    data BLOB NOT NULL
  ) STRICT;

  CREATE TABLE "values" (
    case_number INTEGER NOT NULL REFERENCES cases (number),
    id TEXT NOT NULL,
    tenant TEXT NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (case_number, id)
  ) STRICT;

  CREATE TABLE timers (
    run TEXT NOT NULL REFERENCES runs (id),
    effect TEXT NOT NULL,
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (run, effect)
  ) STRICT;
  CREATE INDEX timer_due ON timers (due_at);

  CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES runs (id),
    flow TEXT NOT NULL,
    node TEXT NOT NULL,
    role TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER,
    completed_at INTEGER,
    completed_by TEXT,
    case_number INTEGER NOT NULL REFERENCES cases (number),
    data BLOB NOT NULL
  ) STRICT;
  CREATE INDEX task_of_tenant ON tasks (tenant, status, created_at, id);
  CREATE INDEX task_of_run ON tasks (run);

  CREATE TABLE drafts (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    draft INTEGER NOT NULL,
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (tenant, kind, id)
  ) STRICT;

  CREATE TABLE versions (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    published_by TEXT NOT NULL,
    PRIMARY KEY (tenant, kind, id, version)
  ) STRICT;

  CREATE TABLE releases (
    tenant TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, hash)
  ) STRICT;

  CREATE TABLE connections (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    settings TEXT NOT NULL,
    secret TEXT,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (tenant, name)
  ) STRICT;

  CREATE TABLE secrets (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    origin TEXT,
    data BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (tenant, name)
  ) STRICT;

  CREATE TABLE blobs (
    tenant TEXT NOT NULL,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    key BLOB NOT NULL,
    data BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (tenant, hash)
  ) STRICT;
  `,
  // Operators: what is suspended, commands on many runs.
  /* sql */ `
  ALTER TABLE runs ADD COLUMN error TEXT;
  CREATE INDEX run_of_error ON runs (tenant, error, started_at, id) WHERE error IS NOT NULL;

  ALTER TABLE timers ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
  DROP INDEX timer_due;
  CREATE INDEX timer_due ON timers (due_at) WHERE held = 0;
  CREATE INDEX timer_held ON timers (run) WHERE held = 1;

  CREATE TABLE holds (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_actor TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (tenant, kind, name)
  ) STRICT;

  CREATE TABLE bulks (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    status TEXT NOT NULL,
    data BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    actor_id TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    reason TEXT
  ) STRICT;
  CREATE INDEX bulk_of_tenant ON bulks (tenant, created_at);

  CREATE TABLE bulk_items (
    bulk TEXT NOT NULL REFERENCES bulks (id) ON DELETE CASCADE,
    tenant TEXT NOT NULL,
    position INTEGER NOT NULL,
    run TEXT NOT NULL,
    seq INTEGER NOT NULL,
    verdict TEXT,
    code TEXT,
    detail TEXT,
    PRIMARY KEY (bulk, position)
  ) STRICT;
  CREATE INDEX bulk_item_open ON bulk_items (bulk, position) WHERE verdict IS NULL;
  `,
  // How effects are performed: breakers and rates, answers to give again, limits of connections.
  /* sql */ `
  CREATE TABLE guards (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (tenant, name)
  ) STRICT;

  CREATE TABLE answers (
    tenant TEXT NOT NULL,
    key BLOB NOT NULL,
    case_number INTEGER NOT NULL REFERENCES cases (number),
    data BLOB NOT NULL,
    at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, key)
  ) STRICT;
  CREATE INDEX answer_expiry ON answers (expires_at);

  ALTER TABLE connections ADD COLUMN limits TEXT;
  `,
  /* sql */ `
  ALTER TABLE runs ADD COLUMN parent TEXT;
  ALTER TABLE runs ADD COLUMN parent_effect TEXT;
  ALTER TABLE runs ADD COLUMN item INTEGER;
  ALTER TABLE runs ADD COLUMN body TEXT;
  ALTER TABLE runs ADD COLUMN priority INTEGER NOT NULL DEFAULT 5;
  ALTER TABLE runs ADD COLUMN previous TEXT;
  ALTER TABLE runs ADD COLUMN next TEXT;
  DROP INDEX run_newest;
  DROP INDEX run_of_flow;
  DROP INDEX run_of_status;
  CREATE INDEX run_newest ON runs (tenant, started_at, id) WHERE parent IS NULL;
  CREATE INDEX run_of_flow ON runs (tenant, flow, started_at, id) WHERE parent IS NULL;
  CREATE INDEX run_of_status ON runs (tenant, status, started_at, id) WHERE parent IS NULL;
  CREATE INDEX run_of_parent ON runs (parent, parent_effect, started_at, id) WHERE parent IS NOT NULL;
  CREATE INDEX run_live_child ON runs (parent_effect) WHERE parent_effect IS NOT NULL AND ended_at IS NULL;
  CREATE INDEX run_to_succeed ON runs (id) WHERE status = 'continued' AND next IS NULL;

  CREATE TABLE fan_outs (
    effect TEXT PRIMARY KEY,
    tenant TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES runs (id),
    total INTEGER NOT NULL,
    at_once INTEGER NOT NULL,
    tolerated INTEGER NOT NULL,
    started INTEGER NOT NULL,
    again INTEGER NOT NULL,
    done INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    running INTEGER NOT NULL,
    incidents INTEGER NOT NULL,
    stopping INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX fan_out_of_run ON fan_outs (run);

  CREATE TABLE item_results (
    effect TEXT NOT NULL REFERENCES fan_outs (effect) ON DELETE CASCADE,
    tenant TEXT NOT NULL,
    item INTEGER NOT NULL,
    status TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (effect, item)
  ) STRICT;
  CREATE INDEX item_to_do_again ON item_results (effect, item) WHERE status = 'again';
  `,
  /* sql */ `
  CREATE TABLE marks (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
  `,
  // Messages from outside: who waits for which, and those that nobody could take yet.
  /* sql */ `
  CREATE TABLE subscriptions (
    number INTEGER PRIMARY KEY,
    effect TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES runs (id),
    flow TEXT NOT NULL,
    place BLOB NOT NULL,
    since INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX subscription_place ON subscriptions (tenant, place, since, number);

  CREATE TABLE messages (
    number INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    place BLOB NOT NULL,
    flow TEXT,
    mark BLOB,
    data BLOB,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX message_place ON messages (tenant, place, number) WHERE data IS NOT NULL;
  CREATE INDEX message_mark ON messages (tenant, mark) WHERE mark IS NOT NULL;
  CREATE INDEX message_expiry ON messages (expires_at);
  `,
  // How much is kept for runs that do not wait yet; triggers, so that what is taken back is never counted.
  /* sql */ `
  CREATE TABLE kept_messages (
    tenant TEXT PRIMARY KEY,
    messages INTEGER NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT;
  INSERT INTO kept_messages
    SELECT tenant, count(*), sum(length(data)) FROM messages WHERE data IS NOT NULL GROUP BY tenant;
  CREATE TRIGGER message_kept AFTER INSERT ON messages WHEN new.data IS NOT NULL BEGIN
    INSERT INTO kept_messages VALUES (new.tenant, 1, length(new.data))
      ON CONFLICT (tenant) DO UPDATE SET messages = messages + 1, bytes = bytes + excluded.bytes;
  END;
  CREATE TRIGGER message_taken AFTER UPDATE OF data ON messages
    WHEN old.data IS NOT NULL AND new.data IS NULL BEGIN
    UPDATE kept_messages SET messages = messages - 1, bytes = bytes - length(old.data)
      WHERE tenant = old.tenant;
  END;
  CREATE TRIGGER message_removed AFTER DELETE ON messages WHEN old.data IS NOT NULL BEGIN
    UPDATE kept_messages SET messages = messages - 1, bytes = bytes - length(old.data)
      WHERE tenant = old.tenant;
  END;
  `,
  // Cases that were erased, and which cases name which files.
  /* sql */ `
  CREATE TABLE erasures (
    case_number INTEGER PRIMARY KEY REFERENCES cases (number),
    tenant TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    runs INTEGER NOT NULL,
    files INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX erasure_newest ON erasures (tenant, at, case_number);

  CREATE TABLE file_uses (
    tenant TEXT NOT NULL,
    file TEXT NOT NULL,
    case_number INTEGER NOT NULL REFERENCES cases (number),
    PRIMARY KEY (tenant, file, case_number)
  ) STRICT;
  CREATE INDEX file_use_of_case ON file_uses (case_number);
  CREATE INDEX run_of_case ON runs (case_number);
  `,
  // Who is inside of a lock, and who waits for it, in order of asking.
  /* sql */ `
  CREATE TABLE locks (
    number INTEGER PRIMARY KEY,
    effect TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES runs (id),
    place BLOB NOT NULL,
    held INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX lock_held ON locks (tenant, place) WHERE held = 1;
  CREATE INDEX lock_place ON locks (tenant, place, number);
  CREATE INDEX lock_waiting ON locks (run) WHERE held = 0;
  `,
]
