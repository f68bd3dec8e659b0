// Stands in for pages that Rendering does not load yet.
import Artifacts
import Recording
import Rendering
import Vocabulary

extension CardPage {
    static func load(from store: Store, artifacts: any ArtifactStore, job: JobRecord, allowed: Set<Action>, clock: PageClock) async throws -> CardPage {
        throw ServingError.notFound
    }
}

extension RunReportPage {
    static func load(from store: Store, artifacts: any ArtifactStore, detail: RunDetail, clock: PageClock) async throws -> RunReportPage {
        throw ServingError.notFound
    }
}
