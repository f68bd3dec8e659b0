// What this machine can do to separate jobs from itself and from each other.
package import Vocabulary

/// How far a machine can isolate jobs, as it was probed.
package enum IsolationTier: Sendable, Hashable {
    case bubblewrap(Bubblewrap)
    /// Nothing works, with the reason: `bwrap is not installed`.
    case none(reason: String)

    /// For people: `bubblewrap, with or without network`.
    package var words: String {
        switch self {
        case .bubblewrap(let bubblewrap):
            bubblewrap.networkProblem.map { "bubblewrap, but `network: none` cannot be had: \($0)" } ?? "bubblewrap, with or without network"
        case .none(let reason): "none: \(reason)"
        }
    }

    /// What a job asks for and this machine cannot do.
    package struct Refusal: Sendable, Hashable {
        /// As it stands in job.yaml: `network: none`.
        package let key: String
        /// Why not: a sentence without a full stop at its end.
        package let detail: String
        /// What to do about it.
        package let instead: String
    }

    /// The first wish of a job that this machine cannot fulfil, or nil. Only what a job insists on is refused.
    package func refusal(of definition: JobDefinition) -> Refusal? {
        switch self {
        case .bubblewrap(let bubblewrap):
            guard definition.network == .none, let problem = bubblewrap.networkProblem else { return nil }
            return Refusal(
                key: "network: none", detail: "this machine cannot separate a job from the network: \(problem)",
                instead: "mend that, or write `network: outbound`")
        case .none(let reason):
            if definition.isolation == .required {
                return Refusal(
                    key: "isolation: required", detail: "this machine cannot isolate jobs: \(reason)", instead: "mend that, or write `isolation: auto`")
            }
            guard definition.network == .none else { return nil }
            return Refusal(
                key: "network: none", detail: "this machine cannot separate a job from the network: \(reason)",
                instead: "mend that, or write `network: outbound`")
        }
    }
}
