// What a route asks before it answers: declared at the mount, decided in one place.
import Vocabulary

/// The action that a route requires of who asks.
enum RouteAction: Sendable, Hashable, CustomStringConvertible {
    /// Answers everybody, signed in or not.
    case `public`
    /// Answers whoever is signed in.
    case signedIn
    /// Answers who may do this to the job in the address; public jobs answer the signed-out too.
    case job(Action)
    /// Answers who may see the page of the run in the address.
    case runPage
    case administrator
    /// Answers programs on this machine, and elsewhere auditors and administrators.
    case metrics

    var description: String {
        switch self {
        case .public: "public"
        case .signedIn: "signedIn"
        case .job(let action): "job(\(action.rawValue))"
        case .runPage: "runPage"
        case .administrator: "administrator"
        case .metrics: "metrics"
        }
    }
}
