// Signing in.

/// `/login`.
package struct LoginPage: Page {
    package static let stem = "login"
    package let section = Section.none
    package let pageTitle = "Sign in"

    let next: String
    let userName: String?
    let problem: String?

    /// `next` is a path of this site, checked by the caller; `problem` says what to do, never whether the user exists.
    package init(next: String, userName: String? = nil, problem: String? = nil) {
        self.next = next
        self.userName = userName
        self.problem = problem
    }

    package static let table = FieldTable<LoginPage>(
        .text("next") { $0.next },
        .text("userName") { $0.userName },
        .text("problem") { $0.problem })
}
