package io.github.dbops.migration.prisma;

import java.util.List;

/** The exact commands that a message ends with. */
final class Commands {

    static final String DEPLOY = "mvn dbops:migrate-deploy";
    static final String STATUS = "mvn dbops:migrate-status";

    private Commands() {}

    static String rolledBack(String migration) {
        return resolve("rolledBack", migration);
    }

    static String applied(String migration) {
        return resolve("applied", migration);
    }

    static String applied(List<String> migrations) {
        return resolve("applied", String.join(",", migrations));
    }

    private static String resolve(String property, String value) {
        String assignment = "-D" + property + "=" + value;
        return "mvn dbops:resolve " + (value.matches("[\\w.,:@/+-]*") ? assignment : '"' + assignment + '"');
    }
}
