/** The emoji that bots and people use most, by their short names. */

const TABLE = `
+1 👍 -1 👎 thumbsup 👍 thumbsdown 👎 ok_hand 👌 clap 👏 raised_hands 🙌 pray 🙏 wave 👋 muscle 💪 point_right 👉
point_left 👈 point_up ☝️ point_down 👇 handshake 🤝 writing_hand ✍️ eyes 👀 brain 🧠
smile 😄 smiley 😃 grinning 😀 grin 😁 joy 😂 blush 😊 slightly_smiling_face 🙂 wink 😉 relaxed ☺️ relieved 😌
heart_eyes 😍 sunglasses 😎 star-struck 🤩 hugging_face 🤗 thinking_face 🤔 neutral_face 😐 expressionless 😑
no_mouth 😶 face_with_rolling_eyes 🙄 confused 😕 slightly_frowning_face 🙁 white_frowning_face ☹️ disappointed 😞
worried 😟 cry 😢 sob 😭 weary 😩 tired_face 😫 persevere 😣 triumph 😤 angry 😠 rage 😡 sleeping 😴 sleepy 😪
exploding_head 🤯 face_palm 🤦 shrug 🤷 upside_down_face 🙃 sweat_smile 😅 sweat 😓 partying_face 🥳
heart ❤️ broken_heart 💔 green_heart 💚 blue_heart 💙 yellow_heart 💛 purple_heart 💜 orange_heart 🧡 sparkles ✨
star ⭐ star2 🌟 fire 🔥 zap ⚡ boom 💥 100 💯 tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 trophy 🏆 medal 🏅
first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 crown 👑 gem 💎 rocket 🚀 dart 🎯 seedling 🌱
herb 🌿 deciduous_tree 🌳 evergreen_tree 🌲 sunflower 🌻 four_leaf_clover 🍀 sunny ☀️ partly_sunny ⛅ cloud ☁️
barely_sunny 🌥️ rain_cloud 🌧️ thunder_cloud_and_rain ⛈️ rainbow 🌈 snowflake ❄️ sunrise 🌅 crescent_moon 🌙
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ warning ⚠️
no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 exclamation ❗ question ❓ grey_question ❔ bangbang ‼️
information_source ℹ️ bulb 💡 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬 thought_balloon 💭
left_speech_bubble 🗨️ email ✉️ envelope ✉️ incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 mailbox 📫
memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋 page_facing_up 📄 bookmark_tabs 📑 notebook 📓 books 📚 book 📖
file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ paperclip 📎 pushpin 📌 round_pushpin 📍 link 🔗
calendar 📆 date 📅 spiral_calendar_pad 🗓️ alarm_clock ⏰ hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️
timer_clock ⏲️ clock9 🕘 clock12 🕛 zzz 💤 bar_chart 📊 chart_with_upwards_trend 📈
chart_with_downwards_trend 📉 moneybag 💰 briefcase 💼 office 🏢 house 🏠 construction 🚧 hammer_and_wrench 🛠️
wrench 🔧 gear ⚙️ mag 🔍 lock 🔒 unlock 🔓 closed_lock_with_key 🔐 key 🔑 shield 🛡️ scales ⚖️ ghost 👻 robot_face 🤖
bust_in_silhouette 👤 busts_in_silhouette 👥 technologist 🧑‍💻 palm_tree 🌴 beach_with_umbrella 🏖️ airplane ✈️
face_with_thermometer 🤒 coffee ☕ tea 🍵 cake 🍰 birthday 🎂 beers 🍻 pizza 🍕
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵
large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_green_square 🟩 large_yellow_square 🟨
large_red_square 🟥 large_orange_square 🟧 white_large_square ⬜ black_large_square ⬛ small_blue_diamond 🔹
small_orange_diamond 🔸 small_red_triangle 🔺 small_red_triangle_down 🔻 traffic_light 🚦 vertical_traffic_light 🚦
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️ arrow_forward ▶️
fast_forward ⏩ rewind ⏪ double_vertical_bar ⏸️ repeat 🔁 arrows_counterclockwise 🔄 recycle ♻️ heavy_plus_sign ➕
heavy_minus_sign ➖ leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️ new 🆕 sos 🆘 cool 🆒 up 🆙
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ zero 0️⃣ keycap_ten 🔟
checkered_flag 🏁 triangular_flag_on_post 🚩 white_flag 🏳️ crossed_fingers 🤞 v ✌️ raised_hand ✋ hand ✋
mountain 🏔️ compass 🧭 ladder 🪜 jigsaw 🧩 magnet 🧲 test_tube 🧪 bug 🐛 turtle 🐢 snail 🐌 dizzy 💫 ok 🆗
`;

const words = TABLE.trim().split(/\s+/);
const EMOJI = new Map();
for (let at = 0; at < words.length; at += 2) EMOJI.set(words[at], words[at + 1]);

/** The character for a short name, or null for a name that is not in the table. */
export const emoji = (name) => EMOJI.get(name) ?? null;
