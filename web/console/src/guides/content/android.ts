import type { Guide } from '../guide';
import { code, file, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'io.logto.android://com.example.bookstore/callback',
  steps: [
    code('install', 'androidInstall', file('app/build.gradle.kts', 'kotlin', `
dependencies {
    implementation("io.logto.sdk:android:1.1.3")
}
`)),
    uris,
    code('scheme', 'androidScheme', file('app/src/main/AndroidManifest.xml', 'xml', `
<!-- before <application> -->
<uses-permission android:name="android.permission.INTERNET" />
`)),
    code('page', 'android', file('app/src/main/java/com/example/bookstore/MainActivity.kt', 'kotlin', `
package com.example.bookstore

import android.os.Bundle
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import androidx.appcompat.app.AppCompatActivity
import io.logto.sdk.android.LogtoClient
import io.logto.sdk.android.type.LogtoConfig

class MainActivity : AppCompatActivity() {
    private lateinit var client: LogtoClient
    private lateinit var text: TextView
    private lateinit var button: Button

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        client = LogtoClient(
            LogtoConfig(
                endpoint = "@@endpoint@@",
                appId = "@@appId@@",
                scopes = null,
                resources = null,
                usingPersistStorage = true,
            ),
            application,
        )
        text = TextView(this)
        button = Button(this)
        setContentView(LinearLayout(this).apply {
            orientation = LinearLayout.VERTICAL
            addView(text)
            addView(button)
        })
        show()
    }

    private fun show(problem: String? = null) = runOnUiThread {
        if (client.isAuthenticated) {
            client.getIdTokenClaims { _, claims ->
                runOnUiThread { text.text = "Signed in as \${claims?.username ?: claims?.sub}" }
            }
            button.text = "Sign out"
            button.setOnClickListener { client.signOut { show() } }
        } else {
            text.text = problem ?: "Not signed in"
            button.text = "Sign in"
            button.setOnClickListener { client.signIn(this, "@@redirectUri@@") { show(it?.message) } }
        }
    }
}
`)),
    code('run', 'runDevice'),
  ],
};
