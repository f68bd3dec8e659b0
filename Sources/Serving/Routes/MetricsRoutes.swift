// A few figures for Prometheus.
import FoundationEssentials
import Glibc
import HTTPTypes
import Hummingbird
import Recording
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /metrics | metrics |
enum MetricsRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountMetrics("/metrics") { visit in
            let text = text(try await visit.site.store.counts(), startedAt: visit.site.startedAt.seconds, residentBytes: residentBytes())
            var response = Answers.bytes(Array(text.utf8), type: "text/plain; version=0.0.4; charset=utf-8")
            response.headers[.cacheControl] = "no-store"
            return response
        }
    }

    /// The text format of Prometheus, version 0.0.4; a figure that is not known is left out.
    static func text(_ counts: StoreCounts, startedAt: Int64, residentBytes: Int64?) -> String {
        let figures: [(name: String, kind: String, help: String, value: Int64?)] = [
            ("almanac_runs_queued", "gauge", "Runs that wait.", Int64(counts.queuedRuns)),
            ("almanac_runs_active", "gauge", "Runs that are launching or running.", Int64(counts.activeRuns)),
            ("almanac_jobs", "gauge", "Jobs whose folder is there.", Int64(counts.jobs)),
            ("almanac_editions_total", "counter", "Editions that were published, of all jobs.", Int64(counts.editions)),
            ("process_resident_memory_bytes", "gauge", "Resident memory of the server.", residentBytes),
            ("process_start_time_seconds", "gauge", "When the server began, in seconds since 1970.", startedAt),
        ]
        return figures.compactMap { figure in
            figure.value.map { "# HELP \(figure.name) \(figure.help)\n# TYPE \(figure.name) \(figure.kind)\n\(figure.name) \($0)\n" }
        }.joined()
    }

    /// What this process holds in memory, from the second number of `/proc/self/statm`, in pages.
    private static func residentBytes() -> Int64? {
        guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return nil }
        let numbers = String(decoding: data, as: UTF8.self).split(separator: " ")
        return numbers.count > 1 ? Int64(numbers[1]).map { $0 * Int64(sysconf(Int32(_SC_PAGESIZE))) } : nil
    }
}
