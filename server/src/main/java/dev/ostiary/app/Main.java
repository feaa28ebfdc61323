package dev.ostiary.app;

import dev.ostiary.db.Migrations;
import dev.ostiary.db.StartFailure;
import dev.ostiary.http.HttpServer;
import dev.ostiary.tenants.Tenants;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program's door: reads the configuration, starts the house, waits for the signal to stop. */
public final class Main {
    /** What {@code sysexits.h} calls a configuration error. */
    private static final int EXIT_CONFIG = 78;

    private static final int EXIT_UNAVAILABLE = 69;

    private Main() {}

    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            Config config = Config.read(System.getenv());
            App app = App.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(app::close, "stop"));
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
        }
    }
}
