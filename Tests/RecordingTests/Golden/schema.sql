CREATE TABLE access_epoch (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL
) STRICT;
CREATE TABLE api_token (
    id TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    prefix TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES user_account (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'run', 'all')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE TABLE artifact (
    digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64)
) STRICT, WITHOUT ROWID;
CREATE TABLE attempt (
    id TEXT NOT NULL PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    status TEXT NOT NULL CHECK (status IN ('launching', 'running', 'succeeded', 'failed', 'cancelled', 'lost')),
    launcher TEXT,
    receipt TEXT,
    environment TEXT,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    exit_status INTEGER,
    exit_signal INTEGER,
    reason TEXT CHECK (reason IN ('exitCode', 'signal', 'timedOut', 'outOfMemory', 'quotaExceeded', 'contractViolation',
        'cellFailed', 'inputUnavailable', 'inputUnexpected', 'environmentFailed', 'launchFailed', 'storageFailed', 'lost')),
    message TEXT,
    cpu_milliseconds INTEGER,
    peak_memory_bytes INTEGER,
    read_bytes INTEGER,
    written_bytes INTEGER,
    log_digest TEXT REFERENCES artifact (digest),
    log_bytes INTEGER,
    UNIQUE (run_id, number),
    CHECK ((launcher IS NULL) = (receipt IS NULL)),
    CHECK ((ended_at IS NULL) = (status IN ('launching', 'running'))),
    CHECK ((reason IS NOT NULL) = (status IN ('failed', 'lost')))
) STRICT;
CREATE TABLE edition (
    id TEXT NOT NULL PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    run_id TEXT NOT NULL UNIQUE REFERENCES run (id),
    state TEXT NOT NULL CHECK (state IN ('published', 'held', 'withheld')),
    held_because TEXT,
    report_digest TEXT NOT NULL REFERENCES artifact (digest),
    headline TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (job_id, number),
    CHECK ((held_because IS NOT NULL) = (state = 'held'))
) STRICT;
CREATE TABLE former_name (
    name TEXT NOT NULL PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE group_member (
    user_id TEXT NOT NULL REFERENCES user_account (id),
    group_name TEXT NOT NULL REFERENCES user_group (name),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, group_name)
) STRICT, WITHOUT ROWID;
CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    summary TEXT,
    team TEXT,
    sort_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    diagnostics TEXT,
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    removed_at INTEGER,
    version_count INTEGER NOT NULL DEFAULT 0,
    edition_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
, version_id TEXT REFERENCES job_version (id), current_edition_id TEXT REFERENCES edition (id), newest_edition_id TEXT REFERENCES edition (id), last_run_id TEXT REFERENCES run (id), schedule_epoch INTEGER NOT NULL DEFAULT 1, paused_at INTEGER, resumed_at INTEGER) STRICT;
CREATE TABLE job_after (
    job_id TEXT NOT NULL REFERENCES job (id),
    after_name TEXT NOT NULL,
    PRIMARY KEY (job_id, after_name)
) STRICT, WITHOUT ROWID;
CREATE TABLE job_task (
    job_id TEXT NOT NULL REFERENCES job (id),
    task TEXT NOT NULL,
    active_run_id TEXT UNIQUE REFERENCES run (id),
    PRIMARY KEY (job_id, task)
) STRICT, WITHOUT ROWID;
CREATE TABLE job_version (
    id TEXT NOT NULL PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    manifest_digest TEXT NOT NULL CHECK (length(manifest_digest) = 64),
    definition TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (job_id, number),
    UNIQUE (job_id, manifest_digest)
) STRICT;
CREATE TABLE job_version_file (
    job_version_id TEXT NOT NULL REFERENCES job_version (id),
    path TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES artifact (digest),
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    executable INTEGER NOT NULL CHECK (executable IN (0, 1)),
    PRIMARY KEY (job_version_id, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE log_chunk (
    attempt_id TEXT NOT NULL REFERENCES attempt (id),
    starts_at INTEGER NOT NULL CHECK (starts_at >= 0),
    ends_at INTEGER NOT NULL,
    content BLOB NOT NULL,
    written_at INTEGER NOT NULL,
    PRIMARY KEY (attempt_id, starts_at),
    CHECK (ends_at > starts_at)
) STRICT;
CREATE TABLE metric (
    run_id TEXT NOT NULL REFERENCES run (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    name TEXT NOT NULL,
    value REAL,
    no_value_reason TEXT,
    step INTEGER,
    slice TEXT,
    PRIMARY KEY (run_id, number),
    CHECK ((value IS NULL) = (no_value_reason IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE occurrence (
    job_id TEXT NOT NULL,
    schedule_name TEXT NOT NULL,
    revision TEXT NOT NULL,
    nominal TEXT NOT NULL CHECK (length(nominal) = 19),
    fold INTEGER NOT NULL CHECK (fold IN (0, 1)),
    due INTEGER,
    state TEXT NOT NULL CHECK (state IN ('launched', 'skipped', 'missed')),
    reason TEXT,
    run_id TEXT UNIQUE REFERENCES run (id),
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (job_id, schedule_name, revision, nominal, fold),
    FOREIGN KEY (job_id, schedule_name, revision) REFERENCES schedule (job_id, name, revision),
    CHECK ((state = 'launched') = (run_id IS NOT NULL)),
    CHECK (state = 'launched' OR reason IS NOT NULL),
    CHECK (state <> 'launched' OR due IS NOT NULL)
) STRICT;
CREATE TABLE output (
    run_id TEXT NOT NULL REFERENCES run (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    declared INTEGER NOT NULL CHECK (declared IN (0, 1)),
    digest TEXT NOT NULL REFERENCES artifact (digest),
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    row_count INTEGER,
    column_names TEXT,
    PRIMARY KEY (run_id, number),
    UNIQUE (run_id, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE pointer_move (
    job_id TEXT NOT NULL REFERENCES job (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    from_edition INTEGER,
    to_edition INTEGER,
    moved_at INTEGER NOT NULL,
    moved_by TEXT REFERENCES user_account (id),
    reason TEXT,
    PRIMARY KEY (job_id, number),
    FOREIGN KEY (job_id, from_edition) REFERENCES edition (job_id, number),
    FOREIGN KEY (job_id, to_edition) REFERENCES edition (job_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE role_grant (
    id TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'analyst', 'publisher', 'owner')),
    job_id TEXT REFERENCES job (id),
    team TEXT,
    principal TEXT NOT NULL,
    from_definition INTEGER NOT NULL CHECK (from_definition IN (0, 1)),
    granted_by TEXT REFERENCES user_account (id),
    created_at INTEGER NOT NULL,
    CHECK ((job_id IS NULL) <> (team IS NULL)),
    CHECK (from_definition = 0 OR job_id IS NOT NULL)
) STRICT;
CREATE TABLE run (
    id TEXT NOT NULL PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id),
    job_version_id TEXT NOT NULL REFERENCES job_version (id),
    task TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'launching', 'running', 'succeeded', 'failed', 'cancelled')),
    failure_reason TEXT CHECK (failure_reason IN ('exitCode', 'signal', 'timedOut', 'outOfMemory', 'quotaExceeded', 'contractViolation',
        'cellFailed', 'inputUnavailable', 'inputUnexpected', 'environmentFailed', 'launchFailed', 'storageFailed', 'lost')),
    failure_message TEXT,
    trigger_kind TEXT NOT NULL CHECK (trigger_kind IN ('schedule', 'manual', 'backfill', 'after')),
    priority INTEGER NOT NULL,
    scheduled_for INTEGER NOT NULL,
    scheduled_offset INTEGER NOT NULL,
    is_private INTEGER NOT NULL CHECK (is_private IN (0, 1)),
    requested_by TEXT REFERENCES user_account (id),
    queued_at INTEGER NOT NULL,
    not_before INTEGER,
    started_at INTEGER,
    ended_at INTEGER,
    cancel_requested_at INTEGER,
    attempt_count INTEGER NOT NULL DEFAULT 0,
    lost_count INTEGER NOT NULL DEFAULT 0, team TEXT NOT NULL DEFAULT '', queue_order INTEGER NOT NULL DEFAULT 0, is_next INTEGER NOT NULL DEFAULT 0 CHECK (is_next IN (0, 1)),
    CHECK ((ended_at IS NOT NULL) = (status IN ('succeeded', 'failed', 'cancelled'))),
    CHECK ((failure_reason IS NOT NULL) = (status = 'failed'))
) STRICT;
CREATE TABLE run_event (
    run_id TEXT NOT NULL REFERENCES run (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    happened_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT,
    PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE run_parameter (
    run_id TEXT NOT NULL REFERENCES run (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('integer', 'number', 'boolean', 'string')),
    content TEXT NOT NULL,
    PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE schedule (
    job_id TEXT NOT NULL REFERENCES job (id),
    name TEXT NOT NULL,
    revision TEXT NOT NULL CHECK (length(revision) = 64),
    definition TEXT NOT NULL,
    effective_from INTEGER NOT NULL,
    ended_at INTEGER,
    last_due INTEGER,
    PRIMARY KEY (job_id, name, revision)
) STRICT;
CREATE TABLE scheduler (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL,
    trusted_at INTEGER
) STRICT;
CREATE TABLE schema_migration (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE session (
    digest TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user_account (id),
    idle_until INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sign_in_link (
    digest TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user_account (id),
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshot (
    attempt_id TEXT NOT NULL REFERENCES attempt (id),
    input TEXT NOT NULL,
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES artifact (digest),
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    origin TEXT NOT NULL,
    PRIMARY KEY (attempt_id, input)
) STRICT, WITHOUT ROWID;
CREATE TABLE user_account (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    email TEXT,
    password_hash TEXT,
    administrator INTEGER NOT NULL CHECK (administrator IN (0, 1)),
    auditor INTEGER NOT NULL CHECK (auditor IN (0, 1)),
    disabled_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE user_group (
    name TEXT NOT NULL PRIMARY KEY CHECK (name NOT IN ('everyone', 'public')),
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX api_token_by_user ON api_token (user_id);
CREATE INDEX attempt_by_log ON attempt (log_digest) WHERE log_digest IS NOT NULL;
CREATE UNIQUE INDEX attempt_unfinished ON attempt (run_id) WHERE status IN ('launching', 'running');
CREATE INDEX edition_by_report ON edition (report_digest);
CREATE INDEX edition_published ON edition (job_id, number) WHERE state = 'published';
CREATE INDEX former_name_by_job ON former_name (job_id);
CREATE INDEX group_member_by_group ON group_member (group_name);
CREATE INDEX job_by_schedule_epoch ON job (schedule_epoch);
CREATE INDEX job_by_team ON job (team, sort_key, name);
CREATE INDEX job_after_by_name ON job_after (after_name);
CREATE INDEX job_version_file_by_digest ON job_version_file (digest);
CREATE INDEX metric_by_name ON metric (run_id, name, number);
CREATE INDEX occurrence_by_job ON occurrence (job_id, nominal, fold);
CREATE UNIQUE INDEX occurrence_due ON occurrence (job_id, schedule_name, revision, due) WHERE due IS NOT NULL;
CREATE INDEX output_by_digest ON output (digest);
CREATE INDEX role_grant_by_principal ON role_grant (principal);
CREATE UNIQUE INDEX role_grant_on_job ON role_grant (job_id, principal, role, from_definition) WHERE job_id IS NOT NULL;
CREATE UNIQUE INDEX role_grant_on_team ON role_grant (team, principal, role) WHERE team IS NOT NULL;
CREATE INDEX run_by_job ON run (job_id, id);
CREATE INDEX run_by_job_and_status ON run (job_id, status, id);
CREATE INDEX run_by_requester ON run (requested_by, id) WHERE requested_by IS NOT NULL;
CREATE INDEX run_by_requester_and_job ON run (requested_by, job_id, id) WHERE requested_by IS NOT NULL;
CREATE INDEX run_by_requester_and_status ON run (requested_by, status, id) WHERE requested_by IS NOT NULL;
CREATE INDEX run_next ON run (status, is_next, priority, team, queued_at, id) WHERE status = 'queued' AND is_next = 1;
CREATE INDEX run_queued ON run (status, job_id, task, is_next, priority, queue_order, id) WHERE status = 'queued';
CREATE INDEX run_waiting ON run (not_before) WHERE status = 'queued' AND not_before IS NOT NULL;
CREATE UNIQUE INDEX schedule_in_force ON schedule (job_id, name) WHERE ended_at IS NULL;
CREATE INDEX session_by_idle_until ON session (idle_until);
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX sign_in_link_by_expires_at ON sign_in_link (expires_at);
CREATE INDEX sign_in_link_by_user ON sign_in_link (user_id);
CREATE INDEX snapshot_by_digest ON snapshot (digest);
