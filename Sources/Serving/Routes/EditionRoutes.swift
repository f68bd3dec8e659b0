// Editions of a report: the list, each one, its files, and the moves of the pointer.
import Access
import HTTPTypes
import Hummingbird
import Recording
import Rendering
import Vocabulary

/// | method | path | action |
/// | --- | --- | --- |
/// | GET | /reports/{job}/editions | job(view) |
/// | GET | /reports/{job}/editions/{number} | job(view); held and withheld ones job(publish) |
/// | GET | /reports/{job}/editions/{number}/files/{file} | job(download); as above; undeclared files job(run) |
/// | POST | /reports/{job}/editions/{number}/withhold | job(publish) |
/// | POST | /reports/{job}/editions/{number}/current | job(publish) |
enum EditionRoutes {
    static func mount(on table: inout RouteTable) {
        table.mountJob(.view, .get, "/reports/{job}/editions") { visit in
            let before = visit.visit.query.text("before").flatMap { Int($0) }
            return visit.visit.page(
                try await EditionsPage.load(
                    from: visit.visit.site.store, job: try await visit.job(), before: before, allowed: visit.allowed, clock: visit.visit.clock))
        }
        table.mountJob(.view, .get, "/reports/{job}/editions/{number}") { visit in
            let edition = try await visit.edition()
            return visit.visit.page(
                try await ReportPage.load(
                    from: visit.visit.site.store, artifacts: visit.visit.site.artifacts, job: try await visit.job(), edition: edition,
                    allowed: visit.allowed, clock: visit.visit.clock))
        }
        table.mountJob(.download, .get, "/reports/{job}/editions/{number}/files/{file}", file)
        table.mountJob(.publish, .post, "/reports/{job}/editions/{number}/withhold") { visit in
            let number = try await visit.edition().number
            try await visit.visit.site.store.withhold(
                job: visit.resource.id, edition: number, by: visit.visit.actor.userID, reason: try visit.reason(), at: visit.visit.now)
            return Answers.redirect("/reports/\(visit.resource.name)/editions")
        }
        table.mountJob(.publish, .post, "/reports/{job}/editions/{number}/current") { visit in
            let number = try await visit.edition().number
            try await visit.visit.site.store.makeCurrent(
                job: visit.resource.id, edition: number, by: visit.visit.actor.userID, reason: try visit.reason(), at: visit.visit.now)
            return Answers.redirect("/reports/\(visit.resource.name)/editions")
        }
    }

    /// Name → row → digest → bytes: what stands in the address is only compared with names of the record.
    private static func file(_ visit: JobVisit) async throws -> Response {
        let edition = try await visit.edition()
        let wanted = visit.visit.capture("file")
        let outputs = try await visit.visit.site.store.outputs(run: edition.runID)
        // What a job left beside its declared outputs was not meant for readers: it is there for who may see the run.
        guard let output = outputs.first(where: { $0.fileName == wanted }), output.declared || visit.allowed.contains(.run) else {
            throw ServingError.notFound
        }
        return try await Download(output, stem: "\(visit.resource.name)-", tail: "-edition-\(edition.number)", visit.visit).response(visit.visit)
    }
}

extension Output {
    /// The last part of the file's address: `<name>.<ending>` for a declared output, the path in the outputs folder for another.
    var fileName: String { declared && !ending.isEmpty ? "\(name).\(ending)" : name }
}

extension JobVisit {
    /// The edition at `{number}`; held and withheld ones are there only for who publishes.
    func edition() async throws -> EditionRecord {
        let text = visit.capture("number")
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), !text.hasPrefix("0"), let number = Int(text), number <= Int(Int32.max),
            let edition = try await visit.site.store.edition(job: resource.id, number: number),
            edition.state == .published || allowed.contains(.publish)
        else { throw ServingError.notFound }
        return edition
    }

    /// The reason that a move of the pointer needs: one line of at most 500 characters.
    func reason() throws -> String {
        guard let reason = visit.form.text("reason"), reason.count <= 500, !reason.unicodeScalars.contains(where: { $0.value < 32 }) else {
            throw ServingError(.badRequest, subject: "reason", detail: "Give a reason of one line, at most 500 characters; it is kept with the move.")
        }
        return reason
    }
}
