// A stand-in for GitHub's API: a real HTTP server whose requests and answers are checked against GitHub's description.
import http from "node:http";
import {once} from "node:events";
import {example, operationOf, requestComplaints, responseComplaints} from "./description.mjs";

const MAX_COMMENT = 65_536;
export const BOT = {login: "github-actions[bot]", id: 41898282};

/** Any one of an operation's permissions suffices. */
const PERMISSIONS = {
  "issues/list-comments": [["issues", "read"], ["pull-requests", "read"]],
  "issues/create-comment": [["issues", "write"], ["pull-requests", "write"]],
  "issues/update-comment": [["issues", "write"], ["pull-requests", "write"]],
  "actions/get-reviews-for-run": [["actions", "read"]],
  "repos/get-environment": [["actions", "read"]],
};

export class GitHub {
  #tokens = new Map();
  #failures = [];
  #server;

  constructor({prefix = "", pageSize = 100} = {}) {
    Object.assign(this, {prefix, pageSize});
    this.comments = [];
    this.approvals = {};
    this.environments = {};
    this.requests = [];
    this.violations = [];
  }

  /** @param prefix `/api/v3` as on GitHub Enterprise */
  static async start(settings) {
    const github = new GitHub(settings);
    github.#server = http.createServer((request, response) => github.#serve(request, response));
    github.#server.listen(0, "127.0.0.1");
    await once(github.#server, "listening");
    github.#server.unref();
    github.origin = `http://127.0.0.1:${github.#server.address().port}`;
    return github;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  get urls() {
    return {api_url: this.origin + this.prefix, graphql_url: `${this.origin}${this.prefix.replace("/v3", "")}/graphql`,
      server_url: "https://github.example"};
  }

  token(permissions = {}, login = BOT.login) {
    const token = `ghs_${String(this.#tokens.size + 1).padStart(36, "T")}`;
    this.#tokens.set(token, {permissions, login});
    return token;
  }

  addComment(body, user = BOT) {
    const comment = {...example("issues/list-comments")[0], id: 100 + this.comments.length, body, user: account(user)};
    comment.html_url = `https://github.example/octo/shop/pull/7#issuecomment-${comment.id}`;
    this.comments.push(comment);
    return comment;
  }

  approve(runId, environment, {state = "approved", comment = ""} = {}) {
    const [approval] = example("actions/get-reviews-for-run");
    approval.environments[0].name = environment;
    (this.approvals[runId] ??= []).push({...approval, state, comment});
  }

  protect(name, {reviewers = true} = {}) {
    const environment = {...example("repos/get-environment"), name};
    if (!reviewers) {
      environment.protection_rules = environment.protection_rules.filter(rule => rule.type !== "required_reviewers");
    }
    this.environments[name] = environment;
  }

  /** The next `times` requests of an operation are answered with a status. */
  fail(operation, status, {times = Infinity, headers = {}, message = "forced"} = {}) {
    this.#failures.push({operation, status, times, headers, message});
  }

  forgetFailures() {
    this.#failures.length = 0;
  }

  async #serve(request, response) {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    const url = new URL(request.url, this.origin);
    const bearer = (request.headers.authorization ?? "").replace(/^(Bearer|token) /i, "");
    const exchange = {request, url, text, bearer, called: operationOf(request.method, url.pathname.slice(this.prefix.length))};
    this.requests.push({method: request.method, path: url.pathname, operation: exchange.called?.operation.id, bearer, text});
    const {status, body, headers = {}} = this.#answer(exchange);
    if (status < 300 && exchange.called) {
      responseComplaints(exchange.called, status, body).forEach(wrong => this.#violation(exchange, `our answer: ${wrong}`));
    }
    response.writeHead(status, {"content-type": "application/json; charset=utf-8", ...headers});
    response.end(JSON.stringify(body));
  }

  #violation({request, url}, message) {
    this.violations.push(`${request.method} ${url.pathname}: ${message}`);
  }

  #answer(exchange) {
    const {request, url, text, bearer, called} = exchange;
    const holder = this.#tokens.get(bearer);
    if (url.href === this.urls.graphql_url) {
      if (!holder) return error(401, "Bad credentials");
      if (JSON.parse(text).query.replaceAll(/\s/g, "") !== "query{viewer{login}}") this.#violation(exchange, "unknown query");
      return {status: 200, body: {data: {viewer: {login: holder.login}}}};
    }
    if (!called || !url.pathname.startsWith(this.prefix)) {
      this.#violation(exchange, "no such endpoint");
      return error(404, "Not Found");
    }
    if (!request.headers["user-agent"]) this.#violation(exchange, "User-Agent is missing");
    if (request.headers.accept !== "application/vnd.github+json") this.#violation(exchange, "Accept is not GitHub's");
    if (request.headers["x-github-api-version"] !== "2022-11-28") this.#violation(exchange, "no X-GitHub-Api-Version");
    const body = text ? JSON.parse(text) : undefined;
    const complaints = requestComplaints(called, url.searchParams, body);
    complaints.forEach(wrong => this.#violation(exchange, wrong));
    if (complaints.length) return error(422, "Validation Failed");

    const id = called.operation.id;
    const forced = this.#failures.find(failure => failure.operation === id && failure.times > 0);
    if (forced) {
      forced.times--;
      return {...error(forced.status, forced.message), headers: forced.headers};
    }
    if (!holder) return error(401, "Bad credentials");
    if (!PERMISSIONS[id].some(([name, level]) => [level, "write"].includes(holder.permissions?.[name]))) {
      return error(403, "Resource not accessible by integration");
    }
    return this.#operations[id]({...called.parameters, query: url.searchParams, body, url, holder});
  }

  #operations = {
    "issues/list-comments": ({query, url}) => {
      const size = Math.min(Number(query.get("per_page") ?? 30), this.pageSize);
      const page = Number(query.get("page") ?? 1);
      const next = new URL(url);
      next.searchParams.set("page", page + 1);
      const link = page * size < this.comments.length ? {link: `<${next}>; rel="next"`} : {};
      return {status: 200, body: this.comments.slice((page - 1) * size, page * size), headers: link};
    },
    "issues/create-comment": ({body, holder}) => tooLong(body)
      ?? {status: 201, body: this.addComment(body.body, {...BOT, login: holder.login})},
    "issues/update-comment": ({comment_id: id, body}) => {
      const comment = this.comments.find(known => known.id === Number(id));
      if (!comment) return error(404, "Not Found");
      return tooLong(body) ?? {status: 200, body: Object.assign(comment, {body: body.body})};
    },
    "actions/get-reviews-for-run": ({run_id: id}) => ({status: 200, body: this.approvals[id] ?? []}),
    "repos/get-environment": ({environment_name: name}) =>
      this.environments[name] ? {status: 200, body: this.environments[name]} : error(404, "Not Found"),
  };
}

function account({login, id}) {
  const [{user}] = example("issues/list-comments");
  return {...user, login, id, type: login.endsWith("[bot]") ? "Bot" : "User"};
}

function error(status, message) {
  return {status, body: {message, documentation_url: "https://docs.github.com/rest"}};
}

function tooLong({body}) {
  if ([...body].length <= MAX_COMMENT) return undefined;
  return error(422, `Body is too long (maximum is ${MAX_COMMENT} characters)`);
}
