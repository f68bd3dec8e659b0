// An action that the reader may not take, or whose form was too old.

/// 403 for actions.
package struct RefusedPage: Page {
    package static let stem = "refused"
    package let section = Section.none
    package let pageTitle = "You cannot do this"

    let reason: String
    let back: String?

    /// `reason` is a sentence for people; `back` a path of this site.
    package init(reason: String, back: String? = nil) {
        self.reason = reason
        self.back = back
    }

    package static let table = FieldTable<RefusedPage>(
        .text("reason") { $0.reason },
        .text("back") { $0.back })
}
