// The fixed table of what a file is served as, by its ending.

/// How a file that a job produced is handed out.
struct MediaType: Equatable {
    let text: String
    /// Shown in the browser (as an image, or HTML in its sandbox); everything else is a download.
    let isInline: Bool

    private static let table: [String: MediaType] = [
        "csv": MediaType(text: "text/csv; charset=utf-8", isInline: false),
        "html": MediaType(text: "text/html; charset=utf-8", isInline: true),
        "ipynb": MediaType(text: "application/x-ipynb+json", isInline: false),
        "jpeg": MediaType(text: "image/jpeg", isInline: true),
        "jpg": MediaType(text: "image/jpeg", isInline: true),
        "json": MediaType(text: "application/json", isInline: false),
        "parquet": MediaType(text: "application/vnd.apache.parquet", isInline: false),
        "pdf": MediaType(text: "application/pdf", isInline: false),
        "png": MediaType(text: "image/png", isInline: true),
        "svg": MediaType(text: "image/svg+xml", isInline: true),
        "txt": MediaType(text: "text/plain; charset=utf-8", isInline: false),
        "xlsx": MediaType(text: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", isInline: false),
    ]

    static func of(ending: String) -> MediaType { table[ending] ?? MediaType(text: "application/octet-stream", isInline: false) }
}
