#include "pipelines/cli/job_deck.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/text.h"
#include "io/files/file_bytes.h"

namespace firstframe {
namespace {

struct Entry {
  std::string key, value;
  int line;
};

// Words of `key=value`, apart by blanks; "..." and '...' keep blanks; # and the rest of its line are a comment.
std::vector<Entry> read_deck(const std::string& file) {
  const auto bytes = read_bytes(file);
  const std::string content(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<Entry> entries;
  int line = 1;
  const auto refuse = [&](const std::string& what) { throw ArgumentError(text(file, ": line ", line, ": ", what)); };
  for (std::size_t at = 0; at < content.size();) {
    if (std::isspace(static_cast<unsigned char>(content[at]))) {
      line += content[at++] == '\n';
      continue;
    }
    if (content[at] == '#') {
      at = std::min(content.find('\n', at), content.size());
      continue;
    }
    Entry entry{"", "", line};
    bool has_equals = false;
    char quote = 0;
    for (; at < content.size() && content[at] != '\n' && (quote || !std::isspace(static_cast<unsigned char>(content[at]))); ++at) {
      const char c = content[at];
      if (quote ? c == quote : (c == '"' || c == '\'') && has_equals)
        quote = quote ? 0 : c;
      else if (c == '=' && !has_equals)
        has_equals = true;
      else
        (has_equals ? entry.value : entry.key) += c;
    }
    if (quote) refuse(text("the quotation mark of ", entry.key, " is not closed"));
    if (!has_equals || entry.key.empty()) refuse(text("'", entry.key, "' is no key=value"));
    entries.push_back(entry);
  }
  return entries;
}

bool is_on(const std::string& value) { return value == "1" || value == "yes" || value == "true" || value == "on"; }
bool is_off(const std::string& value) { return value == "0" || value == "no" || value == "false" || value == "off"; }

// What the user typed stands over the deck.
bool is_given(const std::vector<std::string>& arguments, const std::string& flag) {
  return std::any_of(arguments.begin(), arguments.end(),
                     [&](const std::string& argument) { return argument == flag || argument.starts_with(flag + "="); });
}

// How many names, which are no flag and no flag's value, the user typed.
std::size_t names_typed(const CLI::App& command, const std::vector<std::string>& typed, std::size_t first) {
  std::size_t names = 0;
  for (auto i = first; i < typed.size(); ++i) {
    const auto& argument = typed[i];
    if (argument == "--") return names + typed.size() - i - 1;
    if (argument.size() < 2 || argument[0] != '-') {
      ++names;
      continue;
    }
    const auto* option = command.get_option_no_throw(argument);  // none of --key=value, which has its value with it
    const int most = option ? option->get_items_expected_max() : 0;
    for (int taken = 0; taken < most && i + 1 < typed.size() && (taken == 0 || !typed[i + 1].starts_with('-')); ++taken) ++i;
  }
  return names;
}

std::vector<std::string> arguments_of(const std::string& file, const CLI::App& command, const std::vector<std::string>& typed,
                                      std::size_t first) {
  std::vector<std::string> arguments, names(2);
  std::map<std::string, int> lines;
  for (const auto& [key, value, line] : read_deck(file)) {
    const auto refuse = [&, line = line](const std::string& what) { throw ArgumentError(text(file, ": line ", line, ": ", what)); };
    if (const auto [before, is_new] = lines.emplace(key, line); !is_new)
      refuse(text("'", key, "' stands in line ", before->second, ", too; keep one of them"));
    if (key == "in" || key == "input") {
      names[0] = value;
    } else if (key == "out" || key == "output") {
      names[1] = value;
    } else {
      const auto* option = command.get_option_no_throw("--" + key);
      if (!option || key == "help" || key == "par")
        refuse(text("'", key, "' is no setting of ", command.get_name(), "; firstframe ", command.get_name(), " --help lists them"));
      if (is_given(typed, "--" + key)) continue;
      if (option->get_items_expected_max() > 0) {
        arguments.insert(arguments.end(), {"--" + key, value});
      } else if (is_on(value)) {
        arguments.push_back("--" + key);
      } else if (!is_off(value)) {
        refuse(text("'", key, "' is on or off; '", value, "' is neither, use 1 or 0"));
      }
    }
  }
  const auto given = names_typed(command, typed, first);
  for (std::size_t i = 0; i < std::min(given, names.size()); ++i) names[i].clear();
  if (given == 0 && names[0].empty() && !names[1].empty()) throw ArgumentError(text(file, ": has an output and no input; add in=FILE"));
  for (const auto& name : names)
    if (!name.empty()) arguments.push_back(name);
  return arguments;
}

}  // namespace

std::vector<std::string> with_job_deck(CLI::App& app, std::vector<std::string> arguments) {
  std::vector<std::string> typed, files;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto& argument = arguments[i];
    if (argument.starts_with("par="))
      files.push_back(argument.substr(4));
    else if (argument.starts_with("--par="))
      files.push_back(argument.substr(6));
    else if (argument == "--par" && i + 1 < arguments.size())
      files.push_back(arguments[++i]);
    else
      typed.push_back(argument);
  }
  if (files.empty()) return arguments;
  const auto* command = &app;
  std::size_t words = 0;
  for (const auto& word : typed) {  // batch plan is a command of a command
    const auto named = command->get_subcommands([&](const CLI::App* one) { return one->get_name() == word; });
    if (named.empty()) break;
    command = named.front();
    ++words;
  }
  if (command == &app) throw ArgumentError("par: a job deck belongs to a command, which comes first, as in firstframe restore par=job.par");
  if (files.size() > 1) throw ArgumentError(text("par: ", files.size(), " job decks were given; use one"));
  auto all = typed;
  const auto deck = arguments_of(files.front(), *command, typed, words);
  all.insert(all.end(), deck.begin(), deck.end());
  return all;
}

}  // namespace firstframe
