package io.github.dbops.report;

/**
 * How much of everything a Markdown report shows.
 *
 * @param longestText characters of a single sentence
 * @param mostSentences sentences of one list: warnings, facts, notes, steps
 * @param mostProblems problems told in full
 */
record MarkdownLimits(int longestText, int mostSentences, int mostProblems) {}
