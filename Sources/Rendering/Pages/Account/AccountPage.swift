// A person's own account: groups, password, tokens.
package import Recording
import Vocabulary

/// One API token; never its text.
struct TokenRow: TemplateModel {
    let name: String
    let prefix: String
    let scope: String
    let created: String
    let expires: String
    let lastUsed: String?
    /// `revoked`, `expired` or nil.
    let over: String?
    let revokeAddress: String?

    static let table = FieldTable<TokenRow>(
        .text("name") { $0.name },
        .text("prefix") { $0.prefix },
        .text("scope") { $0.scope },
        .text("created") { $0.created },
        .text("expires") { $0.expires },
        .text("lastUsed") { $0.lastUsed },
        .text("over") { $0.over },
        .text("revokeAddress") { $0.revokeAddress })
}

/// `/account`.
package struct AccountPage: Page {
    package static let stem = "account"
    package let section = Section.account
    package let pageTitle = "Your account"

    let user: UserRecord
    let tokens: [TokenRow]
    let newToken: String?
    let notice: String?
    let problem: String?

    /// The page of a signed-in person; `newToken` is the text of a token made by this very request, shown once.
    package init(
        user: UserRecord, tokens: [TokenRecord], newToken: String? = nil, notice: String? = nil, problem: String? = nil, clock: PageClock
    ) {
        self.user = user
        self.newToken = newToken
        self.notice = notice
        self.problem = problem
        self.tokens = tokens.map { token in
            let over = token.revokedAt != nil ? "Revoked" : token.expiresAt <= clock.now ? "Expired" : nil
            return TokenRow(
                name: token.name, prefix: token.prefix, scope: Self.words(token.scope), created: clock.shortDate(token.createdAt),
                expires: clock.shortDate(token.expiresAt), lastUsed: token.lastUsedAt.map { clock.shortDate($0) }, over: over,
                revokeAddress: over == nil ? "/account/tokens/\(token.id)/revoke" : nil)
        }
    }

    private static func words(_ scope: TokenScope) -> String {
        switch scope {
        case .read: "View and download"
        case .run: "View, download and run"
        case .all: "Everything you may do"
        }
    }

    package static let table = FieldTable<AccountPage>(
        .text("name") { $0.user.name },
        .text("email") { $0.user.email },
        .texts("groups") { $0.user.groups },
        .flag("isAdministrator") { $0.user.administrator },
        .flag("hasPassword") { $0.user.passwordHash != nil },
        .many("tokens") { $0.tokens },
        .text("newToken") { $0.newToken },
        .text("notice") { $0.notice },
        .text("problem") { $0.problem })
}
