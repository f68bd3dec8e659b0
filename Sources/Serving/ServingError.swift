// Why a request is not answered as asked; the status of each is decided here and nowhere else.
import HTTPTypes

/// A refusal or failure of one request. Details are sentences for people and never hold what somebody typed.
package struct ServingError: Error, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Code: String, Sendable {
        /// Missing, or not for this reader: the same answer.
        case notFound
        /// Nobody is signed in, and somebody must be.
        case signInRequired
        /// The token in the request is unknown, expired or revoked.
        case tokenRefused
        /// May see it, may not do this.
        case forbidden
        /// The form did not come from our page, or its page is too old.
        case formRefused
        case badRequest
        case methodNotAllowed
        case bodyTooLarge
        case addressTooLong
        case unsupportedMediaType
        /// It cannot be done in the present state.
        case conflict
        /// Too many tries; `retryAfter` says when to come back.
        case tooMany
        /// The machine's trouble.
        case failed
        case unavailable
    }

    package let code: Code
    package let subject: String
    package let detail: String
    package let cause: (any Error)?
    /// Seconds after which trying again makes sense.
    package let retryAfter: Int?

    /// An error; `detail` is a sentence that readers see for everything but `failed` and `unavailable`.
    package init(_ code: Code, subject: String = "request", detail: String = "", cause: (any Error)? = nil, retryAfter: Int? = nil) {
        self.code = code
        self.subject = subject
        self.detail = detail
        self.cause = cause
        self.retryAfter = retryAfter
    }

    package var description: String { "\(subject): \(detail.isEmpty ? code.rawValue : detail)" }

    static let notFound = ServingError(.notFound, detail: "There is nothing at this address, or it is not for you.")

    var status: HTTPResponse.Status {
        switch code {
        case .notFound: .notFound
        case .signInRequired, .tokenRefused: .unauthorized
        case .forbidden, .formRefused: .forbidden
        case .badRequest: .badRequest
        case .methodNotAllowed: .methodNotAllowed
        case .bodyTooLarge: .contentTooLarge
        case .addressTooLong: .uriTooLong
        case .unsupportedMediaType: .unsupportedMediaType
        case .conflict: .conflict
        case .tooMany: .tooManyRequests
        case .failed: .internalServerError
        case .unavailable: .serviceUnavailable
        }
    }
}
