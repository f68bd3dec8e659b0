// Job folders for journeys: small real ones, and ones that go wrong in a particular way.

/// Files of job folders, by path in the workspace.
enum SampleJobs {
    /// A shell job that writes a CSV and a metric, with a report and a card.
    static func rainfall(_ name: String = "rainfall", extra: String = "", body: String = "") -> [String: String] {
        [
            "Jobs/\(name)/job.yaml": """
                contract: 1
                title: Rainfall by month
                summary: How much rain falls in a month.
                team: weather
                access: { view: [readers] }
                tasks:
                  score: { run: rain.sh }
                parameters:
                  months: { type: integer, default: 3, min: 1, max: 12 }
                outputs:
                  rain: { path: rain.csv, title: Rain, key: [month] }
                metrics:
                  total: { title: Rain in all, unit: mm }
                \(extra)
                """,
            "Jobs/\(name)/rain.sh": """
                #!/bin/sh
                set -eu
                echo "writing $ALMANAC_PARAMETER_MONTHS months"
                \(body)
                echo month,mm > "$ALMANAC_OUTPUT_RAIN"
                i=1
                while [ $i -le "$ALMANAC_PARAMETER_MONTHS" ]; do echo "2026-0$i,$((i * 10))" >> "$ALMANAC_OUTPUT_RAIN"; i=$((i + 1)); done
                echo total,60 >> "$ALMANAC_METRICS"
                """,
            "Jobs/\(name)/report.md": """
                ## What it says

                In all {{metric.total}} mm fell in {{output.rain.rows}} months.

                ```chart
                data: rain
                type: bar
                x: month
                y: mm
                title: Rain by month
                ```
                """,
            "Jobs/\(name)/README.md": "---\nlicense: cc0-1.0\n---\n\n# Rainfall\n\nAdds up what the gauge showed.\n\n## Limitations\n\nOne gauge only.\n",
        ]
    }

    /// A job of one script and nothing else declared but one CSV output.
    static func script(_ name: String, _ script: String, extra: String = "") -> [String: String] {
        [
            "Jobs/\(name)/job.yaml": """
                contract: 1
                title: The job \(name)
                access: { view: [readers] }
                tasks:
                  score: { run: go.sh }
                outputs:
                  table: { path: table.csv }
                \(extra)
                """,
            "Jobs/\(name)/go.sh": "#!/bin/sh\n" + script + "\n",
        ]
    }
}
