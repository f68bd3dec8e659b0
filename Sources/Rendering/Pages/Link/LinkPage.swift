// A one-time sign-in link: a button, so that scanners that open links in mails do not use it up.

/// The page behind a one-time link.
package struct LinkPage: Page {
    package static let stem = "link"
    package let section = Section.none
    package let pageTitle = "Sign in with your link"

    let userName: String?
    let secret: String?
    let next: String?

    /// A link that can be used, and where it leads (nil = the catalogue); all nil for one that is used up, over or never was.
    package init(userName: String?, secret: String?, next: String? = nil) {
        self.userName = userName
        self.secret = secret
        self.next = next
    }

    package static let table = FieldTable<LinkPage>(
        .text("userName") { $0.userName },
        .text("secret") { $0.secret },
        .text("next") { $0.next })
}
