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
            "Vocabulary", "Access", "Artifacts", "Credentials", "Recording", "Rendering", crypto, lifecycle, logging,
            hummingbird, .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "NIOCore", package: "swift-nio"),
        ]),
        // L3
        room("Rendering", [
            "Vocabulary", "Scheduling", "Access", "Artifacts", "Tables", "Charts", "Markup", "Recording", crypto,
            .product(name: "Mustache", package: "swift-mustache"),
        ]),
        // L2
        room("Defining", ["Vocabulary", "Scheduling", "Tables", "Charts", "Markup", crypto, .product(name: "Yams", package: "Yams")]),
        room("Running", [
            "Vocabulary", "Artifacts", "Tables", crypto, logging, .product(name: "Subprocess", package: "swift-subprocess"),
        ]),
        room("Recording", ["Vocabulary", "Access", crypto, .product(name: "GRDB", package: "GRDB.swift")]),
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
        .systemLibrary(name: "CLibXML2", path: "Sources/System/CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    ]
)
