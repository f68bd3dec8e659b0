// Users, groups, grants, sessions, links and tokens.
import Access
import TestSupport
import Testing
import Vocabulary

@testable import Recording

@Suite struct PeopleTests {
    private func user(_ store: Store, _ name: String = "ann", groups: [String] = []) async throws -> UserID {
        try await store.addUser(name: name, email: nil, passwordHash: "$argon2id$…", administrator: false, groups: groups, at: .sample())
    }

    @Test func `a user has a name of their own and groups that are made on the way`() async throws {
        try await withTemporaryStore { store in
            let ann = try await user(store, groups: ["planning", "finance"])
            let taken = await #expect(throws: RecordingError.self) { _ = try await user(store) }
            #expect(taken?.code == .conflict)
            let record = try #require(try await store.user(named: "ann"))
            #expect(record.id == ann && record.groups == ["finance", "planning"] && record.passwordHash == "$argon2id$…" && !record.auditor)
            _ = try await user(store, "bob", groups: ["planning"])
            #expect(try await store.users().map(\.groups) == [["finance", "planning"], ["planning"]])
            #expect(try await store.groups().map(\.name) == ["finance", "planning"])
            #expect(try await store.groups().map(\.members) == [["ann"], ["ann", "bob"]])
            try await store.removeMember(user: "ann", group: "finance")
            #expect(try await store.user(ann)?.groups == ["planning"])
            let word = await #expect(throws: RecordingError.self) { try await store.addGroup("everyone", at: .sample()) }
            #expect(word?.code == .conflict)
        }
    }

    @Test func `a grant is given once, taken back once, and goes with its group`() async throws {
        try await withTemporaryStore { store in
            try await store.registerSample("passengers", .sample(access: AccessKeys(view: ["planning"])))
            _ = try await user(store, groups: ["planning"])
            let own = try await store.grant(.owner, scope: .job(name: "passengers"), user: "ann", group: nil, by: nil, at: .sample())
            #expect(try await store.grant(.owner, scope: .job(name: "passengers"), user: "ann", group: nil, by: nil, at: .sample(1)) == own)
            _ = try await store.grant(.analyst, scope: .team("planning"), user: nil, group: "planning", by: nil, at: .sample(2))
            #expect(try await store.grants(job: "passengers").map(\.principalName).sorted() == ["ann", "planning", "planning"])
            #expect(try await store.resource(jobNamed: "passengers")?.reaches.map(\.source).sorted() == [
                "a grant on job passengers", "a grant on team planning", "access: view in job.yaml",
            ])
            try await store.removeGrant(own)
            await #expect(throws: RecordingError.self) { try await store.removeGrant(own) }
            try await store.removeGroup("planning")
            #expect(try await store.grants().map(\.fromDefinition) == [true])
            for (scope, name) in [(GrantScope.job(name: "nobody"), "ann"), (.team("x"), "zoe")] {
                let error = await #expect(throws: RecordingError.self) {
                    _ = try await store.grant(.viewer, scope: scope, user: name, group: nil, by: nil, at: .sample())
                }
                #expect(error?.code == .notFound)
            }
        }
    }

    @Test func `each change of access moves the epoch`() async throws {
        try await withTemporaryStore { store in
            var epochs = [try await store.accessEpoch()]
            let id = try await user(store)
            epochs.append(try await store.accessEpoch())
            try await store.addMember(user: "ann", group: "planning", at: .sample())
            epochs.append(try await store.accessEpoch())
            try await store.registerSample("passengers")
            epochs.append(try await store.accessEpoch())
            try await store.registerSample("passengers", .sample(team: "finance"), files: "two")
            epochs.append(try await store.accessEpoch())
            let grant = try await store.grant(.viewer, scope: .team("finance"), user: "ann", group: nil, by: nil, at: .sample())
            epochs.append(try await store.accessEpoch())
            try await store.removeGrant(grant)
            epochs.append(try await store.accessEpoch())
            try await store.setDisabled(true, user: id, at: .sample())
            epochs.append(try await store.accessEpoch())
            #expect(epochs == Array(Set(epochs)).sorted())
        }
    }

    @Test func `a session ends by idleness, by age, and with its user`() async throws {
        try await withTemporaryStore { store in
            let ann = try await user(store)
            let digest = Digest.sample("session")
            try await store.startSession(digest: digest, user: ann, idleUntil: .sample(600), endsAt: .sample(1000), at: .sample())
            #expect(try await store.session(digest: .sample("other"), idleUntil: .sample(600), at: .sample()) == nil)
            #expect(try await store.session(digest: digest, idleUntil: .sample(630), at: .sample(30))?.name == "ann")
            let spy = SpyDatabase(store.database)
            #expect(try await Store(spy).session(digest: digest, idleUntil: .sample(659), at: .sample(59)) != nil)
            #expect(spy.writeCount == 0)
            #expect(try await Store(spy).session(digest: digest, idleUntil: .sample(1100), at: .sample(500)) != nil)
            #expect(spy.writeCount == 1)
            #expect(try await store.session(digest: digest, idleUntil: .sample(2000), at: .sample(999)) != nil)
            #expect(try await store.session(digest: digest, idleUntil: .sample(2000), at: .sample(1000)) == nil)
            try await store.setDisabled(true, user: ann, at: .sample(500))
            #expect(try await store.session(digest: digest, idleUntil: .sample(600), at: .sample(500)) == nil)
        }
    }

    @Test func `a new password ends every other session and voids the links`() async throws {
        try await withTemporaryStore { store in
            let ann = try await user(store)
            for name in ["here", "there"] {
                try await store.startSession(digest: .sample(name), user: ann, idleUntil: .sample(600), endsAt: .sample(1000), at: .sample())
            }
            try await store.addLink(digest: .sample("link"), user: ann, expiresAt: .sample(600), at: .sample())
            try await store.raisePassword(hash: "stronger", user: ann)
            #expect(try await store.sessionCount(user: ann, at: .sample()) == 2)
            try await store.setPassword(hash: "new", user: ann, keepingSession: .sample("here"), at: .sample())
            #expect(try await store.session(digest: .sample("here"), idleUntil: .sample(600), at: .sample())?.passwordHash == "new")
            #expect(try await store.session(digest: .sample("there"), idleUntil: .sample(600), at: .sample()) == nil)
            #expect(try await store.linkUser(digest: .sample("link"), at: .sample()) == nil)
        }
    }

    @Test func `a link lets one in once, also when two come at the same time`() async throws {
        try await withRecordPlace { place in
            let stores = [try await place.open(), try await place.open()]
            let ann = try await user(stores[0])
            for round in 0..<10 {
                let digest = Digest.sample("link \(round)")
                try await stores[0].addLink(digest: digest, user: ann, expiresAt: .sample(60), at: .sample())
                #expect(try await stores[1].linkUser(digest: digest, at: .sample(1))?.id == ann)
                async let one = stores[0].redeemLink(digest: digest, at: .sample(1))
                async let two = stores[1].redeemLink(digest: digest, at: .sample(1))
                let answers = try await [one, two]
                #expect(answers.compactMap { $0 }.count == 1)
            }
            try await stores[0].addLink(digest: .sample("late"), user: ann, expiresAt: .sample(60), at: .sample())
            #expect(try await stores[0].redeemLink(digest: .sample("late"), at: .sample(60)) == nil)
            try await stores[0].removeExpired(at: .sample(60))
            let left = try await stores[1].read { try $0.value("SELECT count(*) FROM sign_in_link", as: Int.self) }
            #expect(left == 0)
            for store in stores { try store.close() }
        }
    }

    @Test func `a token works until it expires, is revoked, or its user is disabled`() async throws {
        try await withTemporaryStore { store in
            let ann = try await user(store)
            let digest = Digest.sample("token")
            let id = try await store.addToken(
                digest: digest, prefix: "alm_abcd", user: ann, name: "laptop", scope: .run, expiresAt: .sample(1000), at: .sample())
            let found = try #require(try await store.token(digest: digest, at: .sample(10)))
            #expect(found.user.id == ann && found.scope == .run)
            let spy = SpyDatabase(store.database)
            #expect(try await Store(spy).token(digest: digest, at: .sample(69)) != nil)
            #expect(spy.writeCount == 0)
            #expect(try await store.tokens(user: ann).map(\.lastUsedAt) == [.sample(10)])
            #expect(try await store.token(digest: digest, at: .sample(1000)) == nil)
            try await store.setDisabled(true, user: ann, at: .sample())
            #expect(try await store.token(digest: digest, at: .sample(20)) == nil)
            try await store.setDisabled(false, user: ann, at: .sample())
            try await store.revokeToken(id, at: .sample(30))
            try await store.revokeToken(id, at: .sample(40))
            #expect(try await store.token(digest: digest, at: .sample(50)) == nil)
            #expect(try await store.tokens(user: nil).map(\.revokedAt) == [.sample(30)])
        }
    }
}
