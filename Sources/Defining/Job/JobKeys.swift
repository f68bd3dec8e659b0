// Every key of job.yaml: what is not here is unknown.

/// The keys of job.yaml, for reading and for the documentation that is compared with them.
package enum JobKeys {
    /// Paths in the order of the contract; `*` is a name that the writer chooses.
    package static let keys: [String] = [
        "contract", "title", "tasks",
        "tasks.*.run", "tasks.*.language", "tasks.*.outputs",
    ]
        + output.map { "tasks.*.outputs.*." + $0 } + [
            "summary", "team", "owner", "access", "access.view", "access.run", "access.own", "former_names", "schedule",
            "schedule.name", "schedule.cron", "schedule.timezone", "schedule.task", "schedule.parameters", "schedule.parameters.*",
            "schedule.gap", "schedule.overlap", "schedule.missed", "schedule.missed_limit", "schedule.while_running", "schedule.jitter",
            "schedule.fresh_within", "after", "environment", "python", "r", "julia", "inputs",
            "inputs.*.path", "inputs.*.url", "inputs.*.run", "inputs.*.output", "inputs.*.expect", "inputs.*.expect.columns",
            "inputs.*.expect.columns.*", "inputs.*.expect.min_rows", "parameters",
            "parameters.*.type", "parameters.*.default", "parameters.*.min", "parameters.*.max", "parameters.*.choices",
            "parameters.*.label", "parameters.*.help", "outputs",
        ] + output.map { "outputs.*." + $0 } + [
            "metrics", "metrics.*.title", "metrics.*.unit", "metrics.*.better", "metrics.*.warn_above", "metrics.*.warn_below",
            "metrics.*.hold_above", "metrics.*.hold_below", "limits", "limits.time", "limits.memory", "limits.cpus", "limits.processes",
            "limits.output", "isolation", "network", "secrets", "retries", "retries.count", "retries.delay", "notify", "notify.failure",
            "notify.late", "notify.held", "notify.edition",
        ]

    private static let output = [
        "path", "title", "description", "key", "columns", "columns.*.title", "columns.*.unit", "columns.*.description", "csv",
        "csv.delimiter", "csv.decimal",
    ]

    static let table = KeyTable(keys)
}
