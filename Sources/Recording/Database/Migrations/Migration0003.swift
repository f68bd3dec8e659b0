// The queue's own order: the team of a run, its place within its job and task, and which runs may be next.

extension Migrations {
    /// `team`: the job's at the time of queueing, empty for none. `queue_order`: the due time of a backfill, else when it was queued. `is_next`: this queued
    /// run may start as soon as there is room, so that choosing one costs the same with ten queued runs and with ten thousand.
    static let fairQueue = Migration(number: 3, name: "fair queue", text: """
        ALTER TABLE run ADD COLUMN team {text} NOT NULL DEFAULT '';
        ALTER TABLE run ADD COLUMN queue_order {int} NOT NULL DEFAULT 0;
        ALTER TABLE run ADD COLUMN is_next {int} NOT NULL DEFAULT 0 CHECK (is_next IN (0, 1));
        UPDATE run SET
            team = coalesce((SELECT j.team FROM job j WHERE j.id = run.job_id), ''),
            queue_order = CASE WHEN priority = 2 THEN scheduled_for ELSE queued_at END
        WHERE ended_at IS NULL;
        DROP INDEX run_queued;
        DROP INDEX run_to_cancel;
        CREATE INDEX run_queued ON run (status, job_id, task, is_next, priority, queue_order, id) WHERE status = 'queued';
        UPDATE run SET is_next = 1 WHERE status = 'queued' AND (
            is_private = 1 OR (not_before IS NOT NULL AND priority < 2)
            OR id = (
                SELECT q.id FROM run q
                WHERE q.status = 'queued' AND q.job_id = run.job_id AND q.task = run.task AND q.is_private = 0 AND (q.not_before IS NULL OR q.priority = 2)
                ORDER BY q.priority, q.queue_order, q.id LIMIT 1));
        CREATE INDEX run_next ON run (status, is_next, priority, team, queued_at, id) WHERE status = 'queued' AND is_next = 1;
        CREATE INDEX run_waiting ON run (not_before) WHERE status = 'queued' AND not_before IS NOT NULL;
        """)
}
