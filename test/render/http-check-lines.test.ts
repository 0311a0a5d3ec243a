import { Deferred, type DeepDeferrable } from "../../src/model/deferred";
import { HealthCheck } from "../../src/model/health-check";
import { HttpProtocol } from "../../src/model/health-check/http";
import { RegexOption } from "../../src/model/health-check/regex-option";
import { blocksText } from "../../src/render/block-writer";
import { healthCheckBlocks } from "../../src/render/health-check-block";
import { realServer } from "../support/models";

function rendered(healthCheck: DeepDeferrable<HealthCheck>): string {
  return blocksText(healthCheckBlocks(realServer({ healthCheck }), "10.0.0.100"));
}

test("HTTP with only a path", () => {
  expect(rendered(HealthCheck.http({ path: "/" }))).toBe(`HTTP_GET {
    url {
        path "/"
    }
}
`);
});

test("HTTP with every option; what would start a comment is quoted", () => {
  const check = HealthCheck.http({
    path: "/health?a=1#top!",
    host: "www.example.org",
    statusCodes: "200-299 301",
    digest: "9b3a0c85a887a256d6939da88aabd8cd",
    regex: {
      pattern: String.raw`^up\b #1`,
      noMatch: true,
      options: [RegexOption.CASELESS, RegexOption.MULTILINE],
      minOffset: 0,
      maxOffset: 100,
      stackBytes: { start: 1024, max: 65536 },
    },
    protocol: HttpProtocol.V1_0C,
    fastRecovery: true,
    port: 8080,
    connectTimeoutSeconds: 2,
    retries: 3,
    delayBeforeRetrySeconds: 4,
  });
  expect(rendered(check)).toBe(String.raw`HTTP_GET {
    http_protocol 1.0C
    fast_recovery
    url {
        path "/health?a=1#top!"
        virtualhost "www.example.org"
        digest 9b3a0c85a887a256d6939da88aabd8cd
        status_code 200-299 301
        regex "^up\\b #1"
        regex_no_match
        regex_options caseless multiline
        regex_min_offset 0
        regex_max_offset 100
        regex_stack 1024 65536
    }
    connect_port 8080
    connect_timeout 2
    retry 3
    delay_before_retry 4
}
`);
});

test("HTTP with several pages", () => {
  const check = HealthCheck.http({
    urls: [
      { path: "/a" },
      { path: "/b", host: "b.example.org", regex: { pattern: "ok", noMatch: false, options: [] } },
    ],
    host: "a.example.org",
    fastRecovery: false,
  });
  expect(rendered(check)).toBe(`HTTP_GET {
    url {
        path "/a"
        virtualhost "a.example.org"
    }
    url {
        path "/b"
        virtualhost "b.example.org"
        regex "ok"
    }
}
`);
});

test("SSL that sends the server name, and ends its session in order", () => {
  const check = HealthCheck.ssl({ path: "/", host: "www.example.org", sni: true, tlsCompliant: true, retries: 2 });
  expect(rendered(check)).toBe(`SSL_GET {
    enable_sni
    tls_compliant
    url {
        path "/"
        virtualhost "www.example.org"
    }
    retry 2
}
`);
});

test("SSL without a server name", () => {
  expect(rendered(HealthCheck.ssl({ path: "/", sni: false, tlsCompliant: false }))).toBe(`SSL_GET {
    url {
        path "/"
    }
}
`);
});

test("values known only at apply are printed as they are", () => {
  const check = {
    type: "http",
    path: new Deferred("${path}"),
    host: new Deferred("${host}"),
    statusCodes: new Deferred("${codes}"),
    digest: new Deferred("${digest}"),
  } as const;
  expect(rendered(check)).toBe(`HTTP_GET {
    url {
        path "\${path}"
        virtualhost "\${host}"
        digest \${digest}
        status_code \${codes}
    }
}
`);
});
