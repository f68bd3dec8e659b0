// Something went wrong on our side.

/// 5xx, with the id that stands in the log.
package struct FailurePage: Page {
    package static let stem = "failure"
    package let section = Section.none
    package let pageTitle = "Something went wrong"

    let errorID: String

    package init(errorID: String) { self.errorID = errorID }

    package static let table = FieldTable<FailurePage>(.text("errorID") { $0.errorID })
}
