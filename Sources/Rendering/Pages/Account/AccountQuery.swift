// Reads a person's tokens from the record.
package import Recording
import Vocabulary

extension AccountPage {
    /// The page of a user; `newToken` is the text of a token made by this very request, shown once.
    package static func load(
        from store: Store, user: UserRecord, newToken: String? = nil, notice: String? = nil, problem: String? = nil, clock: PageClock
    ) async throws -> AccountPage {
        AccountPage(
            user: user, tokens: try await store.tokens(user: user.id), newToken: newToken, notice: notice, problem: problem, clock: clock)
    }
}
