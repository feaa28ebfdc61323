package dev.ostiary.app;

import dev.ostiary.db.Migrations;
import dev.ostiary.db.StartFailure;
import dev.ostiary.http.HttpServer;
import dev.ostiary.tenants.Tenants;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program's door: reads the configuration, starts the house, waits for the signal to stop. */
public final class Main {
    // the exit codes of sysexits.h
    private static final int EXIT_USAGE = 64;
    private static final int EXIT_UNAVAILABLE = 69;
    private static final int EXIT_SOFTWARE = 70;
    private static final int EXIT_CONFIG = 78;

    private Main() {}

    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        switch (List.of(args)) {
            case List<String> none when none.isEmpty() -> run();
            case List<String> help when help.equals(List.of("--help")) -> System.out.print(Usage.TEXT);
            case List<String> version
            when version.equals(List.of("--version")) -> System.out.println("Ostiary " + Usage.version());
            case List<String> train
            when train.size() == 2 && train.getFirst().equals("train") ->
                System.exit(Training.run(Path.of(train.get(1))));
            default -> {
                System.err.println("Ostiary takes no such arguments: " + String.join(" ", args) + " (see --help).");
                System.exit(EXIT_USAGE);
            }
        }
    }

    private static void run() {
        Parts parts = new Parts();
        // before the start: a signal that comes while it lasts must not leave PostgreSQL behind
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
        try {
            App app = App.start(Config.read(System.getenv()), parts);
            System.out.println("Ostiary is ready.");
            System.out.println("  Sign-in, OpenID Connect, API  " + app.origin(Tenants.DEFAULT));
            System.out.println("  Console                       " + app.origin(Tenants.ADMIN) + "/console");
        } catch (ConfigFaults e) {
            System.err.println("Ostiary cannot start. The configuration has "
                    + (e.faults().size() == 1 ? "a fault:" : e.faults().size() + " faults:"));
            e.faults().forEach(fault -> System.err.println("  - " + fault));
            System.exit(EXIT_CONFIG);
        } catch (StartFailure | Migrations.NewerDatabase | HttpServer.PortTaken e) {
            System.err.println("Ostiary cannot start. " + e.getMessage());
            System.exit(EXIT_UNAVAILABLE);
        } catch (Parts.Stopped e) {
            // told to stop before it was up: the hook is doing that
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(Main.class).error("Ostiary cannot start, for a reason it does not know", e);
            System.exit(EXIT_SOFTWARE);
        }
    }
}
