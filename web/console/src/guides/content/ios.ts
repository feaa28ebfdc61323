import type { Guide } from '../guide';
import { code, file, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'com.example.bookstore://callback',
  steps: [
    code('install', 'swiftInstall', shell('https://github.com/logto-io/swift.git')),
    uris,
    code('page', 'swift', file('ContentView.swift', 'swift', `
import LogtoClient
import SwiftUI

@MainActor
final class Session: ObservableObject {
    private let client = LogtoClient(
        useConfig: try! LogtoConfig(endpoint: "@@endpoint@@", appId: "@@appId@@")
    )
    @Published var name: String?
    @Published var problem: String?

    init() {
        read()
    }

    func signIn() async {
        do {
            try await client.signInWithBrowser(redirectUri: "@@redirectUri@@")
            read()
        } catch {
            problem = error.localizedDescription
        }
    }

    func signOut() async {
        await client.signOut()
        name = nil
    }

    private func read() {
        guard client.isAuthenticated, let claims = try? client.getIdTokenClaims() else { return }
        name = claims.username ?? claims.sub
    }
}

struct ContentView: View {
    @StateObject private var session = Session()

    var body: some View {
        VStack(spacing: 16) {
            if let name = session.name {
                Text("Signed in as \\(name)")
                Button("Sign out") { Task { await session.signOut() } }
            } else {
                Text(session.problem ?? "Not signed in")
                Button("Sign in") { Task { await session.signIn() } }
            }
        }
    }
}
`)),
    code('run', 'runDevice'),
  ],
};
