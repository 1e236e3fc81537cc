package io.github.dbops.it.benchmark;

import io.github.dbops.it.Folder;
import io.github.dbops.it.Processes;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Optional;

/**
 * A script as it is written in a hurry, in Node.
 *
 * @param folder with its dependencies
 */
record NaiveScript(Folder folder) {

    /** A large table's rows take a gigabyte. */
    private static final String HEAP = "--max-old-space-size=8192";

    /** The script with its dependencies from npm; none, and a word about it, where there is no Node. */
    static Optional<NaiveScript> installed(Workplace workplace) {
        Folder folder = new Folder(workplace.scratch().path().resolve("naive"));
        folder.delete();
        new Folder(workplace.scripts().path().resolve("naive")).copyTo(folder.path());
        try {
            Process npm = new ProcessBuilder("npm", "ci", "--no-fund", "--no-audit")
                    .directory(folder.path().toFile())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.INHERIT)
                    .start();
            if (Processes.exitCode(npm) == 0) {
                return Optional.of(new NaiveScript(folder));
            }
        } catch (IOException e) {
            System.out.println("The naive script is not measured: " + e.getMessage());
            return Optional.empty();
        }
        System.out.println("The naive script is not measured: npm could not install what it needs.");
        return Optional.empty();
    }

    /** Runs it to its end. */
    void run(String source, String target) {
        ProcessBuilder node = new ProcessBuilder(List.of("node", HEAP, "naive.js"))
                .directory(folder.path().toFile())
                .inheritIO();
        node.environment().put("SOURCE_URL", source);
        node.environment().put("TARGET_URL", target);
        Processes.mustSucceed(node);
    }
}
