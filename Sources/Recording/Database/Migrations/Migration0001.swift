// The first schema of the record. Shipped: never changed again, what comes later is a migration of its own.

extension Migrations {
    static let firstRecord = Migration(number: 1, name: "first record", text: """
        CREATE TABLE access_epoch (
            id {int} NOT NULL PRIMARY KEY CHECK (id = 1),
            epoch {int} NOT NULL
        ) {table};
        INSERT INTO access_epoch (id, epoch) VALUES (1, 1);

        CREATE TABLE artifact (
            digest {text} NOT NULL PRIMARY KEY CHECK (length(digest) = 64)
        ) {clustered};

        CREATE TABLE user_account (
            id {text} NOT NULL PRIMARY KEY,
            name {text} NOT NULL UNIQUE,
            email {text},
            password_hash {text},
            administrator {int} NOT NULL CHECK (administrator IN (0, 1)),
            auditor {int} NOT NULL CHECK (auditor IN (0, 1)),
            disabled_at {int},
            created_at {int} NOT NULL
        ) {table};

        CREATE TABLE user_group (
            name {text} NOT NULL PRIMARY KEY CHECK (name NOT IN ('everyone', 'public')),
            created_at {int} NOT NULL
        ) {clustered};

        CREATE TABLE group_member (
            user_id {text} NOT NULL REFERENCES user_account (id),
            group_name {text} NOT NULL REFERENCES user_group (name),
            created_at {int} NOT NULL,
            PRIMARY KEY (user_id, group_name)
        ) {clustered};
        CREATE INDEX group_member_by_group ON group_member (group_name);

        CREATE TABLE session (
            digest {text} NOT NULL PRIMARY KEY,
            user_id {text} NOT NULL REFERENCES user_account (id),
            idle_until {int} NOT NULL,
            ends_at {int} NOT NULL,
            created_at {int} NOT NULL
        ) {clustered};
        CREATE INDEX session_by_user ON session (user_id);
        CREATE INDEX session_by_idle_until ON session (idle_until);

        CREATE TABLE sign_in_link (
            digest {text} NOT NULL PRIMARY KEY,
            user_id {text} NOT NULL REFERENCES user_account (id),
            expires_at {int} NOT NULL,
            used_at {int},
            created_at {int} NOT NULL
        ) {clustered};
        CREATE INDEX sign_in_link_by_user ON sign_in_link (user_id);
        CREATE INDEX sign_in_link_by_expires_at ON sign_in_link (expires_at);

        CREATE TABLE api_token (
            id {text} NOT NULL PRIMARY KEY,
            digest {text} NOT NULL UNIQUE,
            prefix {text} NOT NULL,
            user_id {text} NOT NULL REFERENCES user_account (id),
            name {text} NOT NULL,
            scope {text} NOT NULL CHECK (scope IN ('read', 'run', 'all')),
            created_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            last_used_at {int},
            revoked_at {int}
        ) {table};
        CREATE INDEX api_token_by_user ON api_token (user_id);

        CREATE TABLE job (
            id {text} NOT NULL PRIMARY KEY,
            name {text} NOT NULL UNIQUE,
            title {text} NOT NULL,
            summary {text},
            team {text},
            sort_key {text} NOT NULL,
            search_text {text} NOT NULL,
            diagnostics {text},
            paused {int} NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
            removed_at {int},
            version_count {int} NOT NULL DEFAULT 0,
            edition_count {int} NOT NULL DEFAULT 0,
            created_at {int} NOT NULL
        ) {table};
        CREATE INDEX job_by_team ON job (team, sort_key, name);

        CREATE TABLE former_name (
            name {text} NOT NULL PRIMARY KEY,
            job_id {text} NOT NULL REFERENCES job (id)
        ) {clustered};
        CREATE INDEX former_name_by_job ON former_name (job_id);

        CREATE TABLE job_version (
            id {text} NOT NULL PRIMARY KEY,
            job_id {text} NOT NULL REFERENCES job (id),
            number {int} NOT NULL CHECK (number >= 1),
            manifest_digest {text} NOT NULL CHECK (length(manifest_digest) = 64),
            definition {text} NOT NULL,
            created_at {int} NOT NULL,
            UNIQUE (job_id, number),
            UNIQUE (job_id, manifest_digest)
        ) {table};

        CREATE TABLE job_version_file (
            job_version_id {text} NOT NULL REFERENCES job_version (id),
            path {text} NOT NULL,
            digest {text} NOT NULL REFERENCES artifact (digest),
            bytes {int} NOT NULL CHECK (bytes >= 0),
            executable {int} NOT NULL CHECK (executable IN (0, 1)),
            PRIMARY KEY (job_version_id, path)
        ) {clustered};
        CREATE INDEX job_version_file_by_digest ON job_version_file (digest);

        CREATE TABLE role_grant (
            id {text} NOT NULL PRIMARY KEY,
            role {text} NOT NULL CHECK (role IN ('viewer', 'analyst', 'publisher', 'owner')),
            job_id {text} REFERENCES job (id),
            team {text},
            principal {text} NOT NULL,
            from_definition {int} NOT NULL CHECK (from_definition IN (0, 1)),
            granted_by {text} REFERENCES user_account (id),
            created_at {int} NOT NULL,
            CHECK ((job_id IS NULL) <> (team IS NULL)),
            CHECK (from_definition = 0 OR job_id IS NOT NULL)
        ) {table};
        CREATE UNIQUE INDEX role_grant_on_job ON role_grant (job_id, principal, role, from_definition) WHERE job_id IS NOT NULL;
        CREATE UNIQUE INDEX role_grant_on_team ON role_grant (team, principal, role) WHERE team IS NOT NULL;
        CREATE INDEX role_grant_by_principal ON role_grant (principal);

        CREATE TABLE schedule (
            job_id {text} NOT NULL REFERENCES job (id),
            name {text} NOT NULL,
            revision {text} NOT NULL CHECK (length(revision) = 64),
            definition {text} NOT NULL,
            effective_from {int} NOT NULL,
            ended_at {int},
            last_due {int},
            PRIMARY KEY (job_id, name, revision)
        ) {table};
        CREATE UNIQUE INDEX schedule_in_force ON schedule (job_id, name) WHERE ended_at IS NULL;

        CREATE TABLE run (
            id {text} NOT NULL PRIMARY KEY,
            job_id {text} NOT NULL REFERENCES job (id),
            job_version_id {text} NOT NULL REFERENCES job_version (id),
            task {text} NOT NULL,
            status {text} NOT NULL CHECK (status IN ('queued', 'launching', 'running', 'succeeded', 'failed', 'cancelled')),
            failure_reason {text} CHECK (failure_reason IN ('exitCode', 'signal', 'timedOut', 'outOfMemory', 'quotaExceeded', 'contractViolation',
                'cellFailed', 'inputUnavailable', 'inputUnexpected', 'environmentFailed', 'launchFailed', 'storageFailed', 'lost')),
            failure_message {text},
            trigger_kind {text} NOT NULL CHECK (trigger_kind IN ('schedule', 'manual', 'backfill', 'after')),
            priority {int} NOT NULL,
            scheduled_for {int} NOT NULL,
            scheduled_offset {int} NOT NULL,
            is_private {int} NOT NULL CHECK (is_private IN (0, 1)),
            requested_by {text} REFERENCES user_account (id),
            queued_at {int} NOT NULL,
            not_before {int},
            started_at {int},
            ended_at {int},
            cancel_requested_at {int},
            attempt_count {int} NOT NULL DEFAULT 0,
            lost_count {int} NOT NULL DEFAULT 0,
            CHECK ((ended_at IS NOT NULL) = (status IN ('succeeded', 'failed', 'cancelled'))),
            CHECK ((failure_reason IS NOT NULL) = (status = 'failed'))
        ) {table};
        CREATE INDEX run_by_job ON run (job_id, id);
        CREATE INDEX run_by_job_and_status ON run (job_id, status, id);
        CREATE INDEX run_by_requester ON run (requested_by, id) WHERE requested_by IS NOT NULL;
        CREATE INDEX run_by_requester_and_status ON run (requested_by, status, id) WHERE requested_by IS NOT NULL;
        CREATE INDEX run_by_requester_and_job ON run (requested_by, job_id, id) WHERE requested_by IS NOT NULL;
        CREATE INDEX run_queued ON run (status, priority, queued_at, id) WHERE status = 'queued';
        CREATE INDEX run_to_cancel ON run (id) WHERE cancel_requested_at IS NOT NULL AND ended_at IS NULL;

        CREATE TABLE job_task (
            job_id {text} NOT NULL REFERENCES job (id),
            task {text} NOT NULL,
            active_run_id {text} UNIQUE REFERENCES run (id),
            PRIMARY KEY (job_id, task)
        ) {clustered};

        CREATE TABLE run_parameter (
            run_id {text} NOT NULL REFERENCES run (id),
            name {text} NOT NULL,
            kind {text} NOT NULL CHECK (kind IN ('integer', 'number', 'boolean', 'string')),
            content {text} NOT NULL,
            PRIMARY KEY (run_id, name)
        ) {clustered};

        CREATE TABLE run_event (
            run_id {text} NOT NULL REFERENCES run (id),
            number {int} NOT NULL CHECK (number >= 1),
            happened_at {int} NOT NULL,
            kind {text} NOT NULL,
            detail {text},
            PRIMARY KEY (run_id, number)
        ) {clustered};

        CREATE TABLE attempt (
            id {text} NOT NULL PRIMARY KEY,
            run_id {text} NOT NULL REFERENCES run (id),
            number {int} NOT NULL CHECK (number >= 1),
            status {text} NOT NULL CHECK (status IN ('launching', 'running', 'succeeded', 'failed', 'cancelled', 'lost')),
            launcher {text},
            receipt {text},
            environment {text},
            started_at {int} NOT NULL,
            ended_at {int},
            exit_status {int},
            exit_signal {int},
            reason {text} CHECK (reason IN ('exitCode', 'signal', 'timedOut', 'outOfMemory', 'quotaExceeded', 'contractViolation',
                'cellFailed', 'inputUnavailable', 'inputUnexpected', 'environmentFailed', 'launchFailed', 'storageFailed', 'lost')),
            message {text},
            cpu_milliseconds {int},
            peak_memory_bytes {int},
            read_bytes {int},
            written_bytes {int},
            log_digest {text} REFERENCES artifact (digest),
            log_bytes {int},
            UNIQUE (run_id, number),
            CHECK ((launcher IS NULL) = (receipt IS NULL)),
            CHECK ((ended_at IS NULL) = (status IN ('launching', 'running'))),
            CHECK ((reason IS NOT NULL) = (status IN ('failed', 'lost')))
        ) {table};
        CREATE UNIQUE INDEX attempt_unfinished ON attempt (run_id) WHERE status IN ('launching', 'running');
        CREATE INDEX attempt_by_log ON attempt (log_digest) WHERE log_digest IS NOT NULL;

        CREATE TABLE snapshot (
            attempt_id {text} NOT NULL REFERENCES attempt (id),
            input {text} NOT NULL,
            file_name {text} NOT NULL,
            digest {text} NOT NULL REFERENCES artifact (digest),
            bytes {int} NOT NULL CHECK (bytes >= 0),
            origin {text} NOT NULL,
            PRIMARY KEY (attempt_id, input)
        ) {clustered};
        CREATE INDEX snapshot_by_digest ON snapshot (digest);

        CREATE TABLE log_chunk (
            attempt_id {text} NOT NULL REFERENCES attempt (id),
            starts_at {int} NOT NULL CHECK (starts_at >= 0),
            ends_at {int} NOT NULL,
            content {bytes} NOT NULL,
            written_at {int} NOT NULL,
            PRIMARY KEY (attempt_id, starts_at),
            CHECK (ends_at > starts_at)
        ) {table};

        CREATE TABLE metric (
            run_id {text} NOT NULL REFERENCES run (id),
            number {int} NOT NULL CHECK (number >= 1),
            name {text} NOT NULL,
            value {real},
            no_value_reason {text},
            step {int},
            slice {text},
            PRIMARY KEY (run_id, number),
            CHECK ((value IS NULL) = (no_value_reason IS NOT NULL))
        ) {clustered};
        CREATE INDEX metric_by_name ON metric (run_id, name, number);

        CREATE TABLE output (
            run_id {text} NOT NULL REFERENCES run (id),
            number {int} NOT NULL CHECK (number >= 1),
            name {text} NOT NULL,
            path {text} NOT NULL,
            declared {int} NOT NULL CHECK (declared IN (0, 1)),
            digest {text} NOT NULL REFERENCES artifact (digest),
            bytes {int} NOT NULL CHECK (bytes >= 0),
            row_count {int},
            column_names {text},
            PRIMARY KEY (run_id, number),
            UNIQUE (run_id, path)
        ) {clustered};
        CREATE INDEX output_by_digest ON output (digest);

        CREATE TABLE edition (
            id {text} NOT NULL PRIMARY KEY,
            job_id {text} NOT NULL REFERENCES job (id),
            number {int} NOT NULL CHECK (number >= 1),
            run_id {text} NOT NULL UNIQUE REFERENCES run (id),
            state {text} NOT NULL CHECK (state IN ('published', 'held', 'withheld')),
            held_because {text},
            report_digest {text} NOT NULL REFERENCES artifact (digest),
            headline {text},
            created_at {int} NOT NULL,
            UNIQUE (job_id, number),
            CHECK ((held_because IS NOT NULL) = (state = 'held'))
        ) {table};
        CREATE INDEX edition_published ON edition (job_id, number) WHERE state = 'published';
        CREATE INDEX edition_by_report ON edition (report_digest);

        CREATE TABLE pointer_move (
            job_id {text} NOT NULL REFERENCES job (id),
            number {int} NOT NULL CHECK (number >= 1),
            from_edition {int},
            to_edition {int},
            moved_at {int} NOT NULL,
            moved_by {text} REFERENCES user_account (id),
            reason {text},
            PRIMARY KEY (job_id, number),
            FOREIGN KEY (job_id, from_edition) REFERENCES edition (job_id, number),
            FOREIGN KEY (job_id, to_edition) REFERENCES edition (job_id, number)
        ) {clustered};

        CREATE TABLE occurrence (
            job_id {text} NOT NULL,
            schedule_name {text} NOT NULL,
            revision {text} NOT NULL,
            nominal {text} NOT NULL CHECK (length(nominal) = 19),
            fold {int} NOT NULL CHECK (fold IN (0, 1)),
            due {int},
            state {text} NOT NULL CHECK (state IN ('launched', 'skipped', 'missed')),
            reason {text},
            run_id {text} UNIQUE REFERENCES run (id),
            recorded_at {int} NOT NULL,
            PRIMARY KEY (job_id, schedule_name, revision, nominal, fold),
            FOREIGN KEY (job_id, schedule_name, revision) REFERENCES schedule (job_id, name, revision),
            CHECK ((state = 'launched') = (run_id IS NOT NULL)),
            CHECK (state = 'launched' OR reason IS NOT NULL),
            CHECK (state <> 'launched' OR due IS NOT NULL)
        ) {table};
        CREATE UNIQUE INDEX occurrence_due ON occurrence (job_id, schedule_name, revision, due) WHERE due IS NOT NULL;
        CREATE INDEX occurrence_by_job ON occurrence (job_id, nominal, fold);

        ALTER TABLE job ADD COLUMN version_id {text} REFERENCES job_version (id);
        ALTER TABLE job ADD COLUMN current_edition_id {text} REFERENCES edition (id);
        ALTER TABLE job ADD COLUMN newest_edition_id {text} REFERENCES edition (id);
        ALTER TABLE job ADD COLUMN last_run_id {text} REFERENCES run (id);
        """)
}
