// The words in which a decision gives its reason.
import Vocabulary

enum Sentences {
    static func name(of actor: Actor) -> String {
        switch actor {
        case .anonymous: "somebody who is not signed in"
        case .user(let user): user.name
        case .operatorAtConsole: "the operator at the console"
        }
    }

    static func verb(_ action: Action) -> String {
        switch action {
        case .view: "view"
        case .download: "download from"
        case .run: "run"
        case .publish: "publish editions of"
        case .administer: "administer"
        }
    }

    static func role(_ role: Role) -> String {
        switch role {
        case .viewer: "a viewer"
        case .analyst: "an analyst"
        case .publisher: "a publisher"
        case .owner: "an owner"
        }
    }

    /// Why the reach gives the actor its role: `ann is in group planning, which access: view in job.yaml makes a viewer`.
    static func why(_ reach: JobResource.Reach, for actor: Actor) -> String {
        switch reach.principal {
        case .public: "\(reach.source) makes everybody \(role(reach.role)), signed in or not"
        case .everyone: "\(reach.source) makes everyone who is signed in \(role(reach.role))"
        case .user: "\(reach.source) makes \(name(of: actor)) \(role(reach.role))"
        case .group(let group): "\(name(of: actor)) is in group \(group), which \(reach.source) makes \(role(reach.role))"
        }
    }
}
