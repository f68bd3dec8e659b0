// What the scheduler keeps beside the schedules, and which job runs after which. Shipped: never changed again.

extension Migrations {
    static let scheduler = Migration(number: 2, name: "scheduler", text: """
        CREATE TABLE scheduler (
            id {int} NOT NULL PRIMARY KEY CHECK (id = 1),
            epoch {int} NOT NULL,
            trusted_at {int}
        ) {table};
        INSERT INTO scheduler (id, epoch) VALUES (1, 1);

        ALTER TABLE job ADD COLUMN schedule_epoch {int} NOT NULL DEFAULT 1;
        ALTER TABLE job ADD COLUMN paused_at {int};
        ALTER TABLE job ADD COLUMN resumed_at {int};
        CREATE INDEX job_by_schedule_epoch ON job (schedule_epoch);

        CREATE TABLE job_after (
            job_id {text} NOT NULL REFERENCES job (id),
            after_name {text} NOT NULL,
            PRIMARY KEY (job_id, after_name)
        ) {clustered};
        CREATE INDEX job_after_by_name ON job_after (after_name);
        """)
}
