package io.github.dbops.env;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What libpq's and Prisma's TLS parameters mean together, in the driver's properties. {@code sslcert} is libpq's client
 * certificate where {@code sslkey} or {@code sslrootcert} stands beside it, and Prisma's root certificate where it
 * stands alone.
 */
final class TlsSettings {

    /** The parameters that only make sense together. */
    static final Set<String> PARAMETERS =
            Set.of("ssl", "sslmode", "sslaccept", "sslcert", "sslkey", "sslrootcert", "sslidentity", "sslpassword");

    private static final List<String> MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private final Map<String, String> given;
    private final ServerParts parts;

    TlsSettings(Map<String, String> given, ServerParts parts) {
        this.given = given;
        this.parts = parts;
    }

    /** Adds them to the parts. */
    void settle() {
        if (!parts.expect(MODES.contains(given.getOrDefault("sslmode", "prefer")), "sslmode", oneOf(MODES))
                || !parts.expect(
                        List.of("true", "false").contains(given.getOrDefault("ssl", "true")),
                        "ssl",
                        "one of true, false")) {
            return;
        }
        boolean systemRoots = "system".equals(given.get("sslrootcert"));
        boolean prismaRoot =
                given.containsKey("sslcert") && !given.containsKey("sslkey") && !given.containsKey("sslrootcert");
        String root = prismaRoot ? given.get("sslcert") : systemRoots ? null : given.get("sslrootcert");
        String mode = mode(systemRoots);
        if (mode != null) {
            parts.property("sslmode", mode);
        }
        if (root != null) {
            parts.file("sslrootcert", prismaRoot ? "sslcert" : "sslrootcert", root);
        } else if (systemRoots || isStrict() && !"disable".equals(mode)) {
            trustSystemRoots();
        }
        clientCertificate(prismaRoot ? null : given.get("sslcert"));
    }

    private @Nullable String mode(boolean systemRoots) {
        String mode = given.get("sslmode");
        if (mode == null && "true".equals(given.get("ssl"))) {
            mode = "require";
        }
        if ("disable".equals(mode)) {
            return mode;
        }
        if (isStrict() || systemRoots) {
            return "verify-full";
        }
        // libpq: with a root certificate at hand, "require" checks the chain; the driver would not.
        return "require".equals(mode) && given.containsKey("sslrootcert") ? "verify-ca" : mode;
    }

    /** As in Prisma, whatever is not the one word is strict. */
    private boolean isStrict() {
        return !given.getOrDefault("sslaccept", "accept_invalid_certs").equals("accept_invalid_certs");
    }

    private void trustSystemRoots() {
        if (given.containsKey("sslkey") || given.containsKey("sslidentity")) {
            // The driver's factory for Java's own root certificates presents no client certificate.
            parts.problem(MalformedUrl.because(
                    "A client certificate can be used only together with a root certificate in a file.",
                    "Name the server's root certificate: &sslrootcert=FILE.pem"));
        }
        parts.property("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    private void clientCertificate(@Nullable String certificate) {
        if (certificate != null) {
            parts.file("sslcert", "sslcert", certificate);
        }
        String key = given.get("sslkey");
        if (key != null) {
            parts.file("sslkey", "sslkey", key);
        }
        String identity = given.get("sslidentity");
        if (identity != null) {
            String lower = identity.toLowerCase(Locale.ROOT);
            // The driver knows a PKCS#12 store by its name's end.
            parts.expect(
                    key == null && (lower.endsWith(".p12") || lower.endsWith(".pfx")),
                    "sslidentity",
                    "a file whose name ends in .p12 or .pfx, and no sslkey beside it");
            parts.file("sslkey", "sslidentity", identity);
        }
        // Without one the driver would ask for it on the console.
        String password = given.getOrDefault("sslpassword", identity == null ? null : "");
        if (password != null) {
            parts.secretProperty("sslpassword", password);
        }
    }

    private static String oneOf(List<String> values) {
        return "one of " + String.join(", ", values);
    }
}
