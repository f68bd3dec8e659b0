// What is told of an error: to people in plain words, to programs as a problem, and never a stack, a path or SQL.
import Artifacts
import Credentials
import HTTPTypes
import Hummingbird
import Logging
import Recording
import Rendering
import Vocabulary

/// Turns whatever a handler threw into an answer.
struct Failures {
    let site: Site
    let log: AccessLog

    /// The answer for a reader who was recognised.
    func answer(_ error: any Error, to visit: Visit) -> Response {
        let known = ServingError(wrapping: error)
        let errorID = report(known)
        if case .token = visit.credential { return complete(Answers.problem(known, errorID: errorID), known) }
        if visit.isAPI { return complete(Answers.problem(known, errorID: errorID), known) }
        let response: Response
        switch known.code {
        case .signInRequired, .notFound:
            if case .anonymous = visit.actor, !visit.path.hasPrefix("/assets/") { return Answers.redirect(SafeAddress.signIn(for: visit)) }
            response = page(NotFoundPage(), visit, .notFound)
        case .failed, .unavailable: response = page(FailurePage(errorID: errorID ?? ""), visit, known.status)
        default: response = page(RefusedPage(reason: known.detail.isEmpty ? known.status.reasonPhrase : known.detail), visit, known.status)
        }
        return complete(response, known)
    }

    /// The answer when it is not known who asks: no page, because a page has a reader.
    func plain(_ error: any Error) -> Response {
        let known = ServingError(wrapping: error)
        let errorID = report(known)
        if known.code == .tokenRefused { return complete(Answers.problem(known, errorID: errorID), known) }
        var text = known.status.reasonPhrase
        if let errorID { text = "Something went wrong on our side. The log has it under \(errorID)." } else if !known.detail.isEmpty { text = known.detail }
        return complete(Answers.text(text + "\n", status: known.status), known)
    }

    private func page(_ page: some Page, _ visit: Visit, _ status: HTTPResponse.Status) -> Response { visit.page(page, status: status) }

    private func complete(_ response: Response, _ error: ServingError) -> Response {
        var response = response
        if let seconds = error.retryAfter { response.headers[.retryAfter] = String(seconds) }
        if error.code == .methodNotAllowed { response.headers[.allow] = "GET, HEAD, POST" }
        // Nobody keeps what went wrong, and nobody knows it by a tag.
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Writes what is our fault to the log and returns the id under which it stands there; nil for what the request did.
    private func report(_ error: ServingError) -> String? {
        guard error.code == .failed || error.code == .unavailable else { return nil }
        let id = String(Secret.session().digest.hex.prefix(16))
        log.errorID = id
        site.logger.error(
            "request failed",
            metadata: ["error.id": "\(id)", "error": "\(error.description)", "cause": "\(error.cause.map { "\($0)" } ?? "none")"])
        return id
    }
}

extension ServingError {
    /// What an error of another room means for the request.
    init(wrapping error: any Error) {
        switch error {
        case let error as ServingError: self = error
        case let error as RecordingError where error.code == .notFound: self = .notFound
        case let error as RecordingError where error.code == .conflict || error.code == .stale:
            self.init(.conflict, subject: error.subject, detail: "It is not in that state any more. Load the page again.", cause: error)
        case let error as RecordingError:
            let isPassing = [.unavailable, .diskFull, .broken].contains(error.code)
            self.init(isPassing ? .unavailable : .failed, subject: "record", detail: "a request failed", cause: error, retryAfter: isPassing ? 30 : nil)
        case let error as CredentialsError where error.code == .busy:
            self.init(.tooMany, subject: "sign-in", detail: "Too many people are signing in at this moment. Try again in a few seconds.", retryAfter: 5)
        default: self.init(.failed, subject: "request", detail: "failed", cause: error)
        }
    }
}
