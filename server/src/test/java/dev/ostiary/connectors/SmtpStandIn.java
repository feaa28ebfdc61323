package dev.ostiary.connectors;

import dev.ostiary.testing.TestKeyStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server with a certificate for {@code mail.example}, which writes down what it hears and whether in clear. */
final class SmtpStandIn implements AutoCloseable {
    enum Manner {
        TLS,
        STARTTLS,
        CLEAR,
        SILENT,
        REFUSING
    }

    final List<String> heardInClear = new CopyOnWriteArrayList<>();
    final List<String> heardInSecret = new CopyOnWriteArrayList<>();
    private final Manner manner;
    private final SSLContext tls;
    private final X509Certificate certificate;
    private final ServerSocket server;

    SmtpStandIn(Path folder, Manner manner) throws Exception {
        this.manner = manner;
        KeyStore store = keys(folder);
        this.certificate = (X509Certificate) store.getCertificate("mail");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, TestKeyStore.PASSWORD.toCharArray());
        this.tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    X509Certificate certificate() {
        return certificate;
    }

    private static KeyStore keys(Path folder) throws Exception {
        Path file = folder.resolve("mail.p12");
        if (!Files.exists(file)) {
            TestKeyStore.generate(file, "mail", "-ext", "san=dns:mail.example", "-validity", "30");
        }
        return TestKeyStore.load(file);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> {
                    try (socket) {
                        talk(socket);
                    } catch (IOException gone) {
                        // the other side has what it wanted
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        if (manner == Manner.SILENT) {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } else if (manner == Manner.TLS) {
            converse(secret(socket), heardInSecret, true);
        } else if (converse(socket, heardInClear, true)) {
            converse(secret(socket), heardInSecret, false);
        }
    }

    private SSLSocket secret(Socket socket) throws IOException {
        SSLSocket secret = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
        secret.setUseClientMode(false);
        secret.startHandshake();
        return secret;
    }

    /** @return whether the conversation goes on encrypted */
    private boolean converse(Socket socket, List<String> heard, boolean greets) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        if (greets) {
            say(out, "220 mail.example ESMTP");
        }
        boolean inMessage = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            String command = line.split(" ", 2)[0];
            if (inMessage) {
                inMessage = !line.equals(".");
                if (!inMessage) {
                    say(out, "250 taken");
                }
            } else if (command.equals("EHLO")) {
                say(out, "250-mail.example");
                if (manner == Manner.STARTTLS && heard == heardInClear) {
                    say(out, "250-STARTTLS");
                }
                say(out, "250 AUTH PLAIN LOGIN");
            } else if (command.equals("STARTTLS")) {
                say(out, "220 go on");
                return true;
            } else if (command.equals("AUTH")) {
                say(out, "235 welcome");
            } else if (command.equals("RCPT") && manner == Manner.REFUSING) {
                say(out, "550 no such mailbox");
            } else if (command.equals("DATA")) {
                say(out, "354 tell");
                inMessage = true;
            } else if (command.equals("QUIT")) {
                say(out, "221 bye");
                return false;
            } else {
                say(out, "250 ok");
            }
        }
        return false;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
