// swift-tools-version: 6.2
// The house: one target per room, arrows strictly downward (Documentation/architecture.md).
import PackageDescription

let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: rules)
}

func suite(_ name: String, _ dependencies: [Target.Dependency], resources: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: resources, swiftSettings: rules)
}

let package = Package(
    name: "almanac",
    products: [
        .executable(name: "almanac", targets: ["almanac"]),
        .executable(name: "almanac-supervisor", targets: ["almanac-supervisor"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    ],
    targets: [
        // L5
        .executableTarget(
            name: "almanac",
            dependencies: [
                "Vocabulary", "Scheduling", "Access", "Artifacts", "Credentials", "Defining", "Running", "Recording",
                "Rendering", "Operating", "Serving", lifecycle, logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: rules),
        .executableTarget(name: "almanac-supervisor", cSettings: [.define("_GNU_SOURCE")]),
        // L4
        room("Operating", [
            "Vocabulary", "Scheduling", "Access", "Artifacts", "Tables", "Markup", "Credentials", "Defining", "Running",
            "Recording", "Rendering", crypto, lifecycle, logging,
        ]),
        room("Serving", [
            "Vocabulary", "Access", "Artifacts", "Credentials", "Markup", "Recording", "Rendering", crypto, lifecycle, logging, hummingbird,
            httpTypes, .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        ]),
        // L3
        room("Rendering", [
            "Vocabulary", "Scheduling", "Access", "Artifacts", "Tables", "Charts", "Markup", "Defining", "Recording", crypto,
            .product(name: "Mustache", package: "swift-mustache"),
        ]),
        // L2
        room("Defining", ["Vocabulary", "Scheduling", crypto, .product(name: "Yams", package: "Yams")]),
        room("Running", [
            "Vocabulary", "Artifacts", "Tables", "CLinux", crypto, .product(name: "Subprocess", package: "swift-subprocess"),
            .product(name: "SystemPackage", package: "swift-system"),
        ]),
        room("Recording", ["Vocabulary", "Access", "CLibPQ", crypto, .product(name: "GRDB", package: "GRDB.swift")]),
        // L1
        room("Scheduling", ["Vocabulary"]),
        room("Access", ["Vocabulary"]),
        room("Artifacts", ["Vocabulary", crypto]),
        room("Tables", ["Vocabulary"]),
        room("Charts", ["Vocabulary"]),
        room("Markup", ["Vocabulary", "CCMarkGFM", "CLibXML2"]),
        room("Credentials", ["Vocabulary", "CArgon2", crypto]),
        // L0
        room("Vocabulary", []),
        // C libraries
        .systemLibrary(name: "CArgon2", path: "Sources/System/CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(
            name: "CCMarkGFM", path: "Sources/System/CCMarkGFM",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
        .systemLibrary(name: "CLibPQ", path: "Sources/System/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CLibXML2", path: "Sources/System/CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CLinux", path: "Sources/System/CLinux"),
        // Tests
        .target(name: "TestSupport", dependencies: ["Vocabulary", "Recording", "CLibPQ"], path: "Tests/TestSupport", swiftSettings: rules),
        suite("VocabularyTests", ["Vocabulary"]),
        suite("SchedulingTests", ["Scheduling", "Vocabulary"]),
        suite("AccessTests", ["Access", "Vocabulary"]),
        suite("ArtifactsTests", ["Artifacts", "Vocabulary", crypto]),
        suite("TablesTests", ["Tables", "Vocabulary"]),
        suite("ChartsTests", ["Charts", "Vocabulary"], resources: ["Golden"]),
        suite("MarkupTests", ["Markup"]),
        suite("CredentialsTests", ["Credentials", "Vocabulary"]),
        suite("DefiningTests", ["Vocabulary", "Scheduling", "Defining"], resources: ["Cases"]),
        suite("RunningTests", ["Running", "Artifacts", "Vocabulary", "almanac-supervisor"]),
        suite("RecordingTests", ["Recording", "Access", "Vocabulary", "TestSupport"], resources: ["Golden"]),
        suite("RenderingTests", [
            "Vocabulary", "Scheduling", "Access", "Artifacts", "Tables", "Charts", "Markup", "Defining", "Recording", "Rendering", crypto,
        ], resources: ["Golden"]),
        suite("OperatingTests", ["Operating", "Artifacts", "Recording", "Rendering", "Running", "Scheduling", "Vocabulary", "TestSupport", logging]),
        suite("ServingTests", [
            "Serving", "Vocabulary", "Access", "Artifacts", "Credentials", "Recording", "Rendering", hummingbird, httpTypes, lifecycle, logging,
            .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
            .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        ]),
        suite("JourneyTests", ["TestSupport", "almanac", "almanac-supervisor", crypto]),
        suite("DrillTests", ["TestSupport", "almanac", "almanac-supervisor", crypto]),
        suite("BrowserTests", ["TestSupport", "almanac", "almanac-supervisor"], resources: ["browse.py"]),
        suite("HouseRulesTests", []),
    ]
)
