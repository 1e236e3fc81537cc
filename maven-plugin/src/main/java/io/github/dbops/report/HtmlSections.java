package io.github.dbops.report;

import io.github.dbops.problem.Problem;
import io.github.dbops.run.Phase;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the page says in words; a section that has nothing to say is not there.
 *
 * @param outcome the outcome
 */
record HtmlSections(SyncOutcome outcome) {

    private static final int MOST_PROBLEMS = 50;
    private static final int MOST_EXAMPLES = 20;
    private static final int MOST_SENTENCES = 200;

    /** For the browser's tab. */
    Markup title() {
        return Markup.text("dbops sync, " + outcome.execution().word() + ": " + new Verdict(outcome).sentence());
    }

    /** What went wrong, each with what to do next. */
    Markup problems() {
        List<Problem> all = ProblemText.sayingStateOnce(outcome.problems());
        if (all.isEmpty()) {
            return Markup.NONE;
        }
        List<Markup> articles = new ArrayList<>();
        all.stream().limit(MOST_PROBLEMS).forEach(problem -> articles.add(problem(problem)));
        if (all.size() > MOST_PROBLEMS) {
            articles.add(Markup.element(
                    "p",
                    Markup.text("and " + Amount.of(all.size() - MOST_PROBLEMS)
                            + " more, all of them in sync-report.json.")));
        }
        return section("problems", all.size() == 1 ? "Problem" : "Problems", Markup.lines(articles));
    }

    /** Plan, source, target, digest. */
    Markup databases() {
        List<Markup> terms = new ArrayList<>();
        terms.add(term("Plan", Markup.code(outcome.planFile())));
        outcome.planHash().ifPresent(hash -> terms.add(term("Plan hash", Markup.code(hash))));
        outcome.source().ifPresent(source -> terms.add(term("Source", Markup.code(source))));
        outcome.target().ifPresent(target -> terms.add(term("Target", Markup.code(target))));
        terms.add(term(
                "Digest",
                outcome.digest()
                        .map(digest -> Markup.copied(digest.hex()))
                        .orElse(Markup.text("None: there is no change set to approve."))));
        return Markup.element("dl class=\"facts\"", Markup.lines(terms));
    }

    /** Steps to take. */
    Markup next() {
        List<Markup> steps =
                new Verdict(outcome).next().stream().map(HtmlSections::step).toList();
        return steps.isEmpty() ? Markup.NONE : section("next", "Next", list(steps));
    }

    /** What deserves a look before an approval: protected tables that rows go into, and warnings. */
    Markup attention() {
        List<Markup> flags = outcome.tables().stream()
                .flatMap(table -> ProtectedFlag.of(table, outcome).stream())
                .map(flag -> Markup.text(flag.sentence()))
                .toList();
        List<Markup> warnings = outcome.warnings().stream().map(Markup::prose).toList();
        return Markup.lines(List.of(
                flags.isEmpty() ? Markup.NONE : section("attention", "Protected tables", list(flags)),
                warnings.isEmpty() ? Markup.NONE : section("attention", "Warnings", list(warnings))));
    }

    /** How the run went. */
    Markup run() {
        List<Markup> terms = new ArrayList<>();
        terms.add(term("Run", Markup.copied(outcome.runId())));
        terms.add(term("Started", Markup.text(Moment.of(outcome.startedAt()))));
        terms.add(term("Took", Markup.text(Took.of(outcome.duration()) + phases())));
        if (!outcome.protectedPatterns().isEmpty()) {
            List<Markup> patterns =
                    outcome.protectedPatterns().stream().map(Markup::code).toList();
            terms.add(term(
                    "Protected", new Markup(patterns.stream().map(Markup::html).collect(Collectors.joining(" ")))));
        }
        Markup facts = outcome.facts().isEmpty()
                ? Markup.NONE
                : list(outcome.facts().stream().map(Markup::prose).toList());
        return section(
                "run", "Run", Markup.lines(List.of(Markup.element("dl class=\"facts\"", Markup.lines(terms)), facts)));
    }

    private String phases() {
        return outcome.phases().isEmpty()
                ? ""
                : outcome.phases().stream().map(HtmlSections::phase).collect(Collectors.joining(", ", ": ", ""));
    }

    private static String phase(Phase phase) {
        return phase.name() + " " + Took.of(phase.duration());
    }

    private Markup problem(Problem problem) {
        List<Markup> terms = new ArrayList<>();
        problem.code().prismaCode().ifPresent(code -> terms.add(term("Prisma", Markup.code(code))));
        problem.place().ifPresent(place -> terms.add(term("Where", Markup.code(place))));
        terms.add(term("Why", Markup.prose(problem.why())));
        if (!problem.examples().isEmpty() && outcome.samples().orElse(SampleDetail.KEYS) != SampleDetail.NONE) {
            terms.add(term("Rows", list(examples(problem))));
        }
        if (problem.state() != null) {
            terms.add(term("State", Markup.prose(problem.state())));
        }
        terms.add(term(
                "Next", list(problem.next().stream().map(HtmlSections::step).toList())));
        Markup code =
                Markup.element("span class=\"code\"", Markup.text(problem.code().id()));
        return Markup.element(
                "article",
                Markup.element("h3", code, new Markup(" "), Markup.prose(problem.what())),
                Markup.element("dl class=\"facts\"", Markup.lines(terms)));
    }

    private static List<Markup> examples(Problem problem) {
        List<Markup> rows = new ArrayList<>();
        problem.examples().stream().limit(MOST_EXAMPLES).forEach(row -> rows.add(Markup.code(row)));
        if (problem.examples().size() > MOST_EXAMPLES) {
            rows.add(Markup.text("and " + Amount.of(problem.examples().size() - MOST_EXAMPLES) + " more"));
        }
        return rows;
    }

    // From a Maven command on it can be copied.
    private static Markup step(String step) {
        int command = step.startsWith("mvn ") ? 0 : step.indexOf(" mvn ") + 1;
        if (command == 0 && !step.startsWith("mvn ")) {
            return Markup.prose(step);
        }
        return Markup.join(List.of(Markup.prose(step.substring(0, command)), Markup.copied(step.substring(command))));
    }

    private static Markup term(String name, Markup description) {
        return Markup.element("div", Markup.element("dt", Markup.text(name)), Markup.element("dd", description));
    }

    private static Markup list(List<Markup> items) {
        List<Markup> shown = new ArrayList<>();
        items.stream().limit(MOST_SENTENCES).forEach(item -> shown.add(Markup.element("li", item)));
        if (items.size() > MOST_SENTENCES) {
            shown.add(Markup.element(
                    "li",
                    Markup.text("and " + Amount.of(items.size() - MOST_SENTENCES)
                            + " more, all of them in sync-report.json")));
        }
        return Markup.element("ul", Markup.lines(shown));
    }

    private static Markup section(String look, String title, Markup content) {
        return Markup.element("section class=\"" + look + "\"", Markup.element("h2", Markup.text(title)), content);
    }
}
