package io.github.dbops.it.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * A piece of work that is done in several ways, in turn.
 *
 * @param title for people
 * @param methods the ways; the last is the one that has limits
 * @param limits what that one may cost
 */
record Case(String title, List<Method> methods, List<Limit> limits) {

    static Case of(String title, List<Method> methods, Limit... limits) {
        return new Case(title, List.copyOf(methods), List.of(limits));
    }

    /** The method that has limits. */
    Method judged() {
        return methods.get(methods.size() - 1);
    }

    /** The way that has a title, where the work is done in it. */
    Optional<Method> method(String title) {
        return methods.stream().filter(method -> method.title().equals(title)).findFirst();
    }

    /** The same without what it is measured against. */
    Case onlyJudged() {
        return new Case(title, List.of(judged()), List.of());
    }
}
