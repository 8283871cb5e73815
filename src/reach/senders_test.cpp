// The senders against real servers on loopback: aiosmtpd of Debian, and a small HTTP server.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "reach/sender.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/temporary_directory.hpp"

namespace lianxin::reach {
namespace {

// A server of each kind for all tests here; what it received is forgotten before each.
struct Servers {
    explicit Servers(bool tls) {
        std::vector<std::string> command{"/usr/bin/python3",
                                         support::source_directory() + "/tests/support/reach_servers.py",
                                         directory.path().string()};
        if (tls) {
            const std::string make =
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
                "/CN=localhost "
                "-addext subjectAltName=DNS:localhost -keyout " +
                (directory / "key.pem").string() + " -out " + (directory / "cert.pem").string() +
                " 2>/dev/null";
            if (std::system(make.c_str()) != 0) return;
            command.emplace_back("tls");
        }
        process = std::make_unique<support::ChildProcess>(command);
        std::istringstream(process->read_line()) >> smtp_port >> http_port;
    }
    support::TemporaryDirectory directory;
    std::unique_ptr<support::ChildProcess> process;
    int smtp_port = 0;
    int http_port = 0;
};

class Senders : public testing::Test {
 protected:
    static void TearDownTestSuite() {
        plain_.reset();
        with_tls_.reset();
    }
    void SetUp() override { start(false); }
    void start(bool tls) {
        auto& servers = tls ? with_tls_ : plain_;
        if (!servers) servers = std::make_unique<Servers>(tls);
        servers_ = servers.get();
        if (servers_->http_port == 0) GTEST_SKIP() << "aiosmtpd is not installed";
        for (const char* name : {"mails.jsonl", "posts.jsonl"})
            std::filesystem::remove(servers_->directory / name);
    }
    [[nodiscard]] std::string certificate() const { return (servers_->directory / "cert.pem").string(); }
    SmtpOptions mail_options() const {
        SmtpOptions options;
        options.host = "localhost";
        options.port = servers_->smtp_port;
        options.security = MailSecurity::none;
        options.from_address = "desk@dayao.example";
        options.from_name = "大姚县";
        options.message_id_domain = "dayao.example";
        options.timeout = std::chrono::seconds(10);
        return options;
    }
    [[nodiscard]] std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(servers_->http_port) + path;
    }
    [[nodiscard]] std::string received(const std::string& file) const {
        std::ifstream stream(servers_->directory / file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    static int count(const std::string& text, const std::string& what) {
        int found = 0;
        for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
        return found;
    }
    static Letter letter(const std::string& address) {
        return {"4711", address, "您的来信已办结", "路灯已修好。\n.\n\"谢谢\"",
                Instant{1714959000LL * micros_per_second}};
    }

    static std::unique_ptr<Servers> plain_;
    static std::unique_ptr<Servers> with_tls_;
    Servers* servers_ = nullptr;
};
std::unique_ptr<Servers> Senders::plain_;
std::unique_ptr<Servers> Senders::with_tls_;

TEST_F(Senders, a_mail_reaches_a_real_server_whole) {
    const auto sender = smtp_sender(mail_options());
    const Delivery delivery = sender->send(letter("li@example.org"));
    EXPECT_EQ(delivery.verdict, Verdict::accepted) << delivery.note;
    const std::string mails = received("mails.jsonl");
    EXPECT_NE(mails.find("\"from\": \"desk@dayao.example\", \"to\": [\"li@example.org\"]"), std::string::npos)
        << mails;
    EXPECT_NE(mails.find("Message-ID: <4711@dayao.example>"), std::string::npos);
    EXPECT_NE(mails.find("6Lev54Gv5bey5L+u5aW944CC"), std::string::npos);  // 路灯已修好。
}

TEST_F(Senders, an_unknown_mailbox_is_refused_and_a_busy_one_tried_later) {
    const auto sender = smtp_sender(mail_options());
    EXPECT_EQ(sender->send(letter("unknown@example.org")).verdict, Verdict::refused);
    const Delivery later = sender->send(letter("later@example.org"));
    EXPECT_EQ(later.verdict, Verdict::try_later);
    EXPECT_EQ(later.note, "smtp_451");
    EXPECT_EQ(received("mails.jsonl"), "");
}

TEST_F(Senders, what_is_not_an_address_never_reaches_the_wire) {
    const auto sender = smtp_sender(mail_options());
    for (const char* address :
         {"", "li", "li@", "@example.org", "li@example.org>\r\nRCPT TO:<all@example.org", "a b@c.d"})
        EXPECT_EQ(sender->send(letter(address)).note, "not_an_address") << address;
    EXPECT_EQ(received("mails.jsonl"), "");
}

TEST_F(Senders, a_password_is_given_and_a_wrong_one_is_tried_later) {
    SmtpOptions options = mail_options();
    options.user = "desk";
    options.password = "right";
    EXPECT_EQ(smtp_sender(options)->send(letter("li@example.org")).verdict, Verdict::accepted);
    EXPECT_NE(received("mails.jsonl").find("\"user\": \"desk\""), std::string::npos);
    options.password = "wrong";
    const Delivery denied = smtp_sender(options)->send(letter("li@example.org"));
    EXPECT_EQ(denied.verdict,
              Verdict::try_later);  // the operator's mistake must not lose the resident's mail
    EXPECT_EQ(denied.note.find("wrong"), std::string::npos);
}

TEST_F(Senders, starttls_is_used_and_insisted_on) {
    start(true);
    SmtpOptions options = mail_options();
    options.security = MailSecurity::starttls;
    options.ca_file = certificate();
    const Delivery delivery = smtp_sender(options)->send(letter("li@example.org"));
    EXPECT_EQ(delivery.verdict, Verdict::accepted) << delivery.note;
    EXPECT_NE(received("mails.jsonl").find("\"tls\": true"), std::string::npos);
    options.ca_file.clear();  // a certificate nobody vouches for
    EXPECT_EQ(smtp_sender(options)->send(letter("li@example.org")).verdict, Verdict::try_later);
    EXPECT_EQ(count(received("mails.jsonl"), "\"from\""), 1);
}

TEST_F(Senders, a_server_without_encryption_gets_no_mail_when_it_is_asked_for) {
    SmtpOptions options = mail_options();
    options.security = MailSecurity::starttls;
    EXPECT_EQ(smtp_sender(options)->send(letter("li@example.org")).verdict, Verdict::try_later);
    EXPECT_EQ(received("mails.jsonl"), "");
}

TEST_F(Senders, a_server_that_is_away_is_tried_later) {
    SmtpOptions options = mail_options();
    plain_.reset();
    const Delivery delivery = smtp_sender(options)->send(letter("li@example.org"));
    EXPECT_EQ(delivery.verdict, Verdict::try_later);
    EXPECT_EQ(delivery.note, "no_connection");
}

TEST_F(Senders, an_sms_goes_to_the_gateway_as_its_template_says) {
    HttpGatewayOptions options;
    options.url = url("/good/200");
    options.headers["X-Key"] = "k-{reference}";
    options.accepted_if_contains = "\"code\":0";
    EXPECT_EQ(sms_sender(options)->send(letter("13900000000")).verdict, Verdict::accepted);
    const std::string posts = received("posts.jsonl");
    EXPECT_NE(posts.find(R"(\"to\":\"13900000000\")"), std::string::npos) << posts;
    EXPECT_NE(posts.find("k-4711"), std::string::npos);
    EXPECT_NE(posts.find(R"(\\u000a.\\u000a)"), std::string::npos) << posts;
}

TEST_F(Senders, a_form_gateway_gets_escaped_fields_and_no_value_is_a_placeholder) {
    HttpGatewayOptions options;
    options.url = url("/good/200");
    options.body_type = BodyType::form;
    options.body = "to={phone}&text={text}";
    Letter tricky = letter("139&x=1");
    tricky.text = "{phone} a+b";
    EXPECT_EQ(sms_sender(options)->send(tricky).verdict, Verdict::accepted);
    EXPECT_NE(received("posts.jsonl").find("to=139%26x%3D1&text=%7Bphone%7D%20a%2Bb"), std::string::npos);
}

TEST_F(Senders, a_gateway_that_says_200_but_not_yes_is_tried_later) {
    HttpGatewayOptions options;
    options.url = url("/bad/200");
    options.accepted_if_contains = "\"code\":0";
    EXPECT_EQ(sms_sender(options)->send(letter("1")).verdict, Verdict::try_later);
}

TEST_F(Senders, http_answers_are_judged_by_their_kind) {
    const auto verdict_on = [&](int status) {
        HttpGatewayOptions options;
        options.url = url("/x/" + std::to_string(status));
        return sms_sender(options)->send(letter("1")).verdict;
    };
    EXPECT_EQ(verdict_on(202), Verdict::accepted);
    EXPECT_EQ(verdict_on(302), Verdict::refused);  // never followed: the text would go somewhere else
    EXPECT_EQ(verdict_on(400), Verdict::refused);
    EXPECT_EQ(verdict_on(429), Verdict::try_later);
    EXPECT_EQ(verdict_on(503), Verdict::try_later);
}

TEST_F(Senders, a_webhook_is_signed) {
    WebhookOptions options;
    options.secret = "s3cret";
    options.https_only = false;
    options.public_addresses_only = false;
    Letter hook = letter(url("/hook/200"));
    hook.text = R"({"number":"24"})";
    EXPECT_EQ(webhook_sender(options)->send(hook).verdict, Verdict::accepted);
    const std::string posts = received("posts.jsonl");
    // printf '1714959000.{"number":"24"}' | openssl dgst -sha256 -hmac s3cret
    EXPECT_NE(posts.find("sha256=0e39a223e863cde3f29cfeee5197883fcaf26c24ebc98246d0bb8993f405401f"),
              std::string::npos)
        << posts;
    EXPECT_NE(posts.find("\"lianxin-delivery\": \"4711\""), std::string::npos);
}

TEST_F(Senders, a_webhook_never_reaches_into_the_house) {
    WebhookOptions options;
    options.https_only = false;
    EXPECT_NE(webhook_sender(options)->send(letter(url("/hook/200"))).verdict, Verdict::accepted);
    options.https_only = true;
    options.public_addresses_only = false;
    EXPECT_EQ(webhook_sender(options)->send(letter(url("/hook/200"))).verdict, Verdict::refused);
    EXPECT_EQ(webhook_sender(options)->send(letter("file:///etc/passwd")).verdict, Verdict::refused);
    EXPECT_EQ(received("posts.jsonl"), "");
}

}  // namespace
}  // namespace lianxin::reach
