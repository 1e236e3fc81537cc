package io.github.dbops.migration.prisma;

import io.github.dbops.migration.MavenCommand;
import java.util.List;

/** The exact commands that a message ends with. */
final class Commands {

    static final String DEPLOY = "mvn dbops:migrate-deploy";
    static final String STATUS = "mvn dbops:migrate-status";

    private Commands() {}

    static String rolledBack(String migration) {
        return MavenCommand.rolledBack(List.of(migration));
    }

    static String applied(String migration) {
        return MavenCommand.applied(List.of(migration));
    }

    static String applied(List<String> migrations) {
        return MavenCommand.applied(migrations);
    }
}
