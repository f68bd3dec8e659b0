// Figures for Prometheus: of the record, the engine, the requests and the process.
import HTTPTypes
import Hummingbird
import Recording
import Rendering
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /metrics | metrics |
enum MetricsRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountMetrics("/metrics") { visit in
            let site = visit.site
            let families = recordFamilies(try await site.store.counts()) + site.configuration.figures() + site.requests.families
                + ProcessFigures.families(startedAt: site.startedAt)
            var response = Answers.bytes(Array(FigureFamily.document(families).utf8), type: "text/plain; version=0.0.4; charset=utf-8")
            response.headers[.cacheControl] = "no-store"
            return response
        }
    }

    /// What the record counts at this moment: the same on every node.
    static func recordFamilies(_ counts: StoreCounts) -> [FigureFamily] {
        [
            .gauge("almanac_runs_queued", "Runs that wait.", Double(counts.queuedRuns)),
            .gauge("almanac_runs_active", "Runs that are launching or running.", Double(counts.activeRuns)),
            .gauge("almanac_jobs", "Jobs whose folder is there.", Double(counts.jobs)),
            .gauge("almanac_users", "People who were added.", Double(counts.users)),
            .counter("almanac_editions_total", "Editions that were published, of all jobs.", Double(counts.editions)),
        ]
    }
}
