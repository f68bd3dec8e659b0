// What is not there and what one may not see: the same words.

/// 404. Nothing on it depends on which of the two it is.
package struct NotFoundPage: Page {
    package static let stem = "not-found"
    package let section = Section.none
    package let pageTitle = "Page not found"

    package init() {}

    package static let table = FieldTable<NotFoundPage>()
}
