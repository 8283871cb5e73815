#include "main/post_office.hpp"

#include <gtest/gtest.h>

namespace lianxin {
namespace {

pack::Words words_of_the_common_pack() {
    pack::Findings findings;
    const auto pack = pack::load_pack("packs/dayao", findings);
    return pack::Words::read(*pack, findings);
}

const PostOptions options{"smtp://localhost:2525", "office@county.example", "示例县",
                          "https://lianxin.example"};

const matter::Workflows none;

store::ClaimedMessage message(std::string template_name, std::string language = "en") {
    store::ClaimedMessage claimed;
    claimed.id = Id<store::Outbox>(77);
    claimed.template_name = std::move(template_name);
    claimed.language = std::move(language);
    return claimed;
}

TEST(PostOffice, an_answer_carries_what_was_told_and_the_way_to_the_receipt) {
    const auto words = words_of_the_common_pack();
    const auto letter = write_letter(
        message("matter_told"), "resident@example.org",
        R"({"number":"26000000019","workflow":"request","state":"answered","told":{"what_was_done":"The lamp was replaced."}})",
        words, none, options);
    EXPECT_EQ(letter.address, "resident@example.org");
    EXPECT_EQ(letter.reference, "77");
    EXPECT_NE(letter.subject.find("26000000019"), std::string::npos);
    EXPECT_NE(letter.text.find("The lamp was replaced."), std::string::npos);
    EXPECT_NE(letter.text.find("https://lianxin.example/t/26000000019"), std::string::npos);
    EXPECT_EQ(letter.text.find('{'), std::string::npos) << "a placeholder was left open: " << letter.text;
}

TEST(PostOffice, missing_papers_stand_one_a_line) {
    const auto words = words_of_the_common_pack();
    const auto letter = write_letter(
        message("matter_told", "zh-Hans"), "resident@example.org",
        R"({"number":"26000000019","workflow":"request","state":"waiting","told":{"missing":["身份证","户口簿"]}})",
        words, none, options);
    EXPECT_NE(letter.text.find("· 身份证\n· 户口簿\n"), std::string::npos) << letter.text;
}

TEST(PostOffice, what_was_told_is_said_by_the_fields_of_the_workflow_it_was_told_under) {
    auto flow = std::make_shared<matter::Workflow>();
    flow->name = "loan";
    flow->hash.fill(7);
    matter::FieldRule amount;
    amount.name = "amount";
    amount.type = matter::FieldType::money;
    matter::FieldRule missing;
    missing.name = "missing";
    missing.type = matter::FieldType::checklist;
    flow->fields = {amount, missing};
    matter::Workflows known;
    known.publish(flow);
    const auto letter =
        write_letter(message("told", "zh-Hans"), "resident@example.org",
                     R"({"number":"26000000019","workflow":"loan","rules":")" + hex(flow->hash) +
                         R"(","state":"approved","told":{"amount":500000,"missing":["identity_card"]}})",
                     words_of_the_common_pack(), known, options);
    EXPECT_NE(letter.text.find("金额：5,000 元"), std::string::npos) << letter.text;
    EXPECT_NE(letter.text.find("· 身份证\n"), std::string::npos) << letter.text;
}

TEST(PostOffice, a_state_without_words_of_its_own_is_news) {
    const auto words = words_of_the_common_pack();
    const auto letter = write_letter(message("matter_told"), "r@example.org",
                                     R"({"number":"26000000019","workflow":"x","state":"y","told":{}})",
                                     words, none, options);
    EXPECT_FALSE(letter.subject.empty());
    EXPECT_EQ(letter.subject.find("mail."), std::string::npos) << "a key was shown instead of words";
}

// A locked phone shows the subject to whoever holds it.
TEST(PostOffice, a_code_says_for_which_number_it_is_and_stands_in_the_text_alone) {
    const auto words = words_of_the_common_pack();
    for (const char* language : {"zh-Hans", "zh-Hant", "en"}) {
        const auto letter = write_letter(message("one_time_code", language), "r@example.org",
                                         R"({"number":"26000000019","code":"012345"})", words, none, options);
        EXPECT_EQ(letter.subject.find("012345"), std::string::npos) << letter.subject;
        EXPECT_NE(letter.subject.find("26000000019"), std::string::npos) << letter.subject;
        EXPECT_NE(letter.text.find("012345"), std::string::npos);
        EXPECT_NE(letter.text.find("https://lianxin.example/t/26000000019"), std::string::npos)
            << letter.text;
        EXPECT_EQ(letter.text.find('{'), std::string::npos) << letter.text;
    }
}

TEST(PostOffice, a_mail_server_is_named_by_a_url) {
    const auto plain = read_smtp_url("smtp://localhost:2525", options);
    EXPECT_EQ(plain.host, "localhost");
    EXPECT_EQ(plain.port, 2525);
    EXPECT_EQ(plain.security, reach::MailSecurity::none);
    EXPECT_EQ(plain.message_id_domain, "county.example");
    const auto far = read_smtp_url("smtp://mail.example", options);
    EXPECT_EQ(far.security, reach::MailSecurity::starttls)
        << "nothing personal crosses a network in the clear";
    const auto tls = read_smtp_url("smtps://office:secret@mail.example", options);
    EXPECT_EQ(tls.port, 465);
    EXPECT_EQ(tls.security, reach::MailSecurity::tls);
    EXPECT_EQ(tls.user, "office");
    EXPECT_EQ(tls.password, "secret");
    EXPECT_THROW((void)read_smtp_url("http://mail.example", options), Fault);
    EXPECT_THROW((void)read_smtp_url("mail.example:25", options), Fault);
    EXPECT_THROW((void)read_smtp_url("smtp://mail.example", PostOptions{}), Fault);
}

}  // namespace
}  // namespace lianxin
