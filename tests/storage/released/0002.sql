BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor INTEGER, 
	action TEXT NOT NULL, 
	thing TEXT NOT NULL, 
	detail JSON NOT NULL, 
	CONSTRAINT audit_pkey PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES(1,'2026-03-02 09:30:15.123457',1,'audit.action 1 “好” 🎉 \N \. 	
''','audit.thing 1 “好” 🎉 \N \. 	
''',5);
INSERT INTO "audit" VALUES(2,'2026-03-02 09:30:15.123458',NULL,'audit.action 2 “好” 🎉 \N \. 	
''','audit.thing 2 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]');
INSERT INTO "audit" VALUES(3,'2026-03-02 09:30:15.123459',3,'audit.action 3 “好” 🎉 \N \. 	
''','audit.thing 3 “好” 🎉 \N \. 	
''','"5"');
CREATE TABLE broadcast (
	id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	author INTEGER NOT NULL, 
	text JSON NOT NULL, 
	audience JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	cycle INTEGER, 
	channels JSON NOT NULL, 
	send_on DATE, 
	send_at TEXT, 
	version INTEGER NOT NULL, 
	readers INTEGER NOT NULL, 
	started_at DATETIME, 
	finished_at DATETIME, 
	CONSTRAINT broadcast_pkey PRIMARY KEY (id), 
	CONSTRAINT broadcast_cycle_key UNIQUE (cycle), 
	CONSTRAINT broadcast_author_fkey FOREIGN KEY(author) REFERENCES person (id), 
	CONSTRAINT broadcast_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id)
);
INSERT INTO "broadcast" VALUES(1,'broadcast.state 1 “好” 🎉 \N \. 	
''',1,'"5"',5,'2026-03-02 09:30:15.123457',1,5,'2024-02-29','broadcast.send_at 1 “好” 🎉 \N \. 	
''',1,1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "broadcast" VALUES(2,'broadcast.state 2 “好” 🎉 \N \. 	
''',2,'null','[0.30000000000000004,-1.5," ","null"]','2026-03-02 09:30:15.123458',2,'[0.30000000000000004,-1.5," ","null"]',NULL,NULL,2,2,NULL,NULL);
INSERT INTO "broadcast" VALUES(3,'broadcast.state 3 “好” 🎉 \N \. 	
''',3,2.5,'"5"','2026-03-02 09:30:15.123459',3,'"5"','2024-03-02','broadcast.send_at 3 “好” 🎉 \N \. 	
''',3,3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE checkin (
	id INTEGER NOT NULL, 
	programme INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	round TEXT NOT NULL, 
	form JSON NOT NULL, 
	goals JSON NOT NULL, 
	rescue JSON NOT NULL, 
	titles JSON NOT NULL, 
	late BOOLEAN NOT NULL, 
	sent_at DATETIME NOT NULL, 
	edited_at DATETIME, 
	CONSTRAINT checkin_pkey PRIMARY KEY (id), 
	CONSTRAINT checkin_programme_round_person_key UNIQUE (programme, round, person), 
	CONSTRAINT checkin_programme_fkey FOREIGN KEY(programme) REFERENCES programme (id), 
	CONSTRAINT checkin_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "checkin" VALUES(1,1,1,'checkin.round 1 “好” 🎉 \N \. 	
''',5,'[0.30000000000000004,-1.5," ","null"]','"5"','"5"',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "checkin" VALUES(2,2,2,'checkin.round 2 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','"5"','null','null',0,'2026-03-02 09:30:15.123458',NULL);
INSERT INTO "checkin" VALUES(3,3,3,'checkin.round 3 “好” 🎉 \N \. 	
''','"5"','null',2.5,2.5,0,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE conversation (
	id TEXT NOT NULL, 
	flow TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	answers JSON NOT NULL, 
	typed JSON NOT NULL, 
	typed_at TEXT NOT NULL, 
	at TEXT, 
	revision INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	in_chat BOOLEAN NOT NULL, 
	CONSTRAINT conversation_pkey PRIMARY KEY (id), 
	CONSTRAINT conversation_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "conversation" VALUES('conversation.id 1 “好” 🎉 \N \. 	
''','conversation.flow 1 “好” 🎉 \N \. 	
''',1,'conversation.subject 1 “好” 🎉 \N \. 	
''','"5"',5,'conversation.typed_at 1 “好” 🎉 \N \. 	
''','conversation.at 1 “好” 🎉 \N \. 	
''',1,'conversation.state 1 “好” 🎉 \N \. 	
''',1);
INSERT INTO "conversation" VALUES('conversation.id 2 “好” 🎉 \N \. 	
''','conversation.flow 2 “好” 🎉 \N \. 	
''',2,'conversation.subject 2 “好” 🎉 \N \. 	
''','null','[0.30000000000000004,-1.5," ","null"]','conversation.typed_at 2 “好” 🎉 \N \. 	
''',NULL,2,'conversation.state 2 “好” 🎉 \N \. 	
''',0);
INSERT INTO "conversation" VALUES('conversation.id 3 “好” 🎉 \N \. 	
''','conversation.flow 3 “好” 🎉 \N \. 	
''',3,'conversation.subject 3 “好” 🎉 \N \. 	
''',2.5,'"5"','conversation.typed_at 3 “好” 🎉 \N \. 	
''','conversation.at 3 “好” 🎉 \N \. 	
''',3,'conversation.state 3 “好” 🎉 \N \. 	
''',0);
CREATE TABLE cycle (
	id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	name TEXT NOT NULL, 
	first DATE NOT NULL, 
	template JSON NOT NULL, 
	audience JSON NOT NULL, 
	owner INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	moved JSON NOT NULL, 
	rehearsed_at DATETIME, 
	asked_by INTEGER, 
	launched_by INTEGER, 
	approved_by INTEGER, 
	launched_at DATETIME, 
	paused_at DATETIME, 
	closed_at DATETIME, 
	CONSTRAINT cycle_pkey PRIMARY KEY (id), 
	CONSTRAINT cycle_owner_fkey FOREIGN KEY(owner) REFERENCES person (id), 
	CONSTRAINT cycle_asked_by_fkey FOREIGN KEY(asked_by) REFERENCES person (id), 
	CONSTRAINT cycle_launched_by_fkey FOREIGN KEY(launched_by) REFERENCES person (id), 
	CONSTRAINT cycle_approved_by_fkey FOREIGN KEY(approved_by) REFERENCES person (id)
);
INSERT INTO "cycle" VALUES(1,'cycle.state 1 “好” 🎉 \N \. 	
''','cycle.name 1 “好” 🎉 \N \. 	
''','2024-02-29','"5"','"5"',1,'2026-03-02 09:30:15.123457','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','2026-03-02 09:30:15.123457',1,1,1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "cycle" VALUES(2,'cycle.state 2 “好” 🎉 \N \. 	
''','cycle.name 2 “好” 🎉 \N \. 	
''','2024-03-01','null','null',2,'2026-03-02 09:30:15.123458',5,NULL,2,2,2,NULL,NULL,NULL);
INSERT INTO "cycle" VALUES(3,'cycle.state 3 “好” 🎉 \N \. 	
''','cycle.name 3 “好” 🎉 \N \. 	
''','2024-03-02',2.5,2.5,3,'2026-03-02 09:30:15.123459','[0.30000000000000004,-1.5," ","null"]','2026-03-02 09:30:15.123459',3,3,3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE delegation (
	id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	deputy INTEGER NOT NULL, 
	first DATE NOT NULL, 
	last DATE NOT NULL, 
	made_by INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT delegation_pkey PRIMARY KEY (id), 
	CONSTRAINT delegation_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT delegation_deputy_fkey FOREIGN KEY(deputy) REFERENCES person (id), 
	CONSTRAINT delegation_made_by_fkey FOREIGN KEY(made_by) REFERENCES person (id)
);
INSERT INTO "delegation" VALUES(1,1,1,'2024-02-29','2024-02-29',1,'2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "delegation" VALUES(2,2,2,'2024-03-01','2024-03-01',2,'2026-03-02 09:30:15.123458',NULL);
INSERT INTO "delegation" VALUES(3,3,3,'2024-03-02','2024-03-02',3,'2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE goal (
	id INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT goal_pkey PRIMARY KEY (id), 
	CONSTRAINT goal_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "goal" VALUES(1,1,'goal.title 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457');
INSERT INTO "goal" VALUES(2,2,'goal.title 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458');
INSERT INTO "goal" VALUES(3,3,'goal.title 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459');
CREATE TABLE inbound (
	"key" TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT inbound_pkey PRIMARY KEY ("key")
);
INSERT INTO "inbound" VALUES('inbound.key 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457');
INSERT INTO "inbound" VALUES('inbound.key 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458');
INSERT INTO "inbound" VALUES('inbound.key 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459');
CREATE TABLE message (
	seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	about JSON NOT NULL, 
	due_at DATETIME NOT NULL, 
	person INTEGER, 
	to_channel TEXT, 
	addressee TEXT NOT NULL, 
	urgency INTEGER NOT NULL, 
	sensitive BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	error TEXT, 
	owner TEXT, 
	lease_until DATETIME, 
	sending_since DATETIME, 
	unsure_since DATETIME, 
	looked_at DATETIME, 
	found_absent INTEGER NOT NULL, 
	channel TEXT, 
	ts TEXT, 
	sent_at DATETIME, 
	stale_due_at DATETIME, 
	stale_version INTEGER NOT NULL, 
	stale_attempts INTEGER NOT NULL, day DATE, 
	CONSTRAINT message_pkey PRIMARY KEY (seq), 
	CONSTRAINT message_id_key UNIQUE (id), 
	CONSTRAINT message_key_key UNIQUE ("key"), 
	CONSTRAINT message_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "message" VALUES(1,'message.id 1 “好” 🎉 \N \. 	
''','message.key 1 “好” 🎉 \N \. 	
''','message.kind 1 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','2026-03-02 09:30:15.123457',1,'message.to_channel 1 “好” 🎉 \N \. 	
''','message.addressee 1 “好” 🎉 \N \. 	
''',1,1,'message.state 1 “好” 🎉 \N \. 	
''',1,'message.error 1 “好” 🎉 \N \. 	
''','message.owner 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457',1,'message.channel 1 “好” 🎉 \N \. 	
''','message.ts 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457',1,1,'2024-02-29');
INSERT INTO "message" VALUES(2,'message.id 2 “好” 🎉 \N \. 	
''','message.key 2 “好” 🎉 \N \. 	
''','message.kind 2 “好” 🎉 \N \. 	
''','"5"','2026-03-02 09:30:15.123458',2,NULL,'message.addressee 2 “好” 🎉 \N \. 	
''',2,0,'message.state 2 “好” 🎉 \N \. 	
''',2,NULL,NULL,NULL,NULL,NULL,NULL,2,NULL,NULL,NULL,NULL,2,2,NULL);
INSERT INTO "message" VALUES(3,'message.id 3 “好” 🎉 \N \. 	
''','message.key 3 “好” 🎉 \N \. 	
''','message.kind 3 “好” 🎉 \N \. 	
''','null','2026-03-02 09:30:15.123459',3,'message.to_channel 3 “好” 🎉 \N \. 	
''','message.addressee 3 “好” 🎉 \N \. 	
''',3,0,'message.state 3 “好” 🎉 \N \. 	
''',3,'message.error 3 “好” 🎉 \N \. 	
''','message.owner 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459',3,'message.channel 3 “好” 🎉 \N \. 	
''','message.ts 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459',3,3,'2024-03-02');
CREATE TABLE notice (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	about JSON NOT NULL, 
	due_at DATETIME NOT NULL, 
	state TEXT NOT NULL, 
	message TEXT, 
	CONSTRAINT notice_pkey PRIMARY KEY (id), 
	CONSTRAINT notice_key_key UNIQUE ("key"), 
	CONSTRAINT notice_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "notice" VALUES(1,'notice.key 1 “好” 🎉 \N \. 	
''',1,'notice.kind 1 “好” 🎉 \N \. 	
''',5,'2026-03-02 09:30:15.123457','notice.state 1 “好” 🎉 \N \. 	
''','notice.message 1 “好” 🎉 \N \. 	
''');
INSERT INTO "notice" VALUES(2,'notice.key 2 “好” 🎉 \N \. 	
''',2,'notice.kind 2 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','2026-03-02 09:30:15.123458','notice.state 2 “好” 🎉 \N \. 	
''',NULL);
INSERT INTO "notice" VALUES(3,'notice.key 3 “好” 🎉 \N \. 	
''',3,'notice.kind 3 “好” 🎉 \N \. 	
''','"5"','2026-03-02 09:30:15.123459','notice.state 3 “好” 🎉 \N \. 	
''','notice.message 3 “好” 🎉 \N \. 	
''');
CREATE TABLE participant (
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	place TEXT NOT NULL, 
	manager INTEGER, 
	department TEXT NOT NULL, 
	level TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	language TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	extended JSON NOT NULL, 
	why TEXT NOT NULL, 
	CONSTRAINT participant_pkey PRIMARY KEY (cycle, person), 
	CONSTRAINT participant_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT participant_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT participant_manager_fkey FOREIGN KEY(manager) REFERENCES person (id)
);
INSERT INTO "participant" VALUES(1,1,'participant.place 1 “好” 🎉 \N \. 	
''',1,'participant.department 1 “好” 🎉 \N \. 	
''','participant.level 1 “好” 🎉 \N \. 	
''','participant.zone 1 “好” 🎉 \N \. 	
''','participant.language 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','"5"','participant.why 1 “好” 🎉 \N \. 	
''');
INSERT INTO "participant" VALUES(2,2,'participant.place 2 “好” 🎉 \N \. 	
''',2,'participant.department 2 “好” 🎉 \N \. 	
''','participant.level 2 “好” 🎉 \N \. 	
''','participant.zone 2 “好” 🎉 \N \. 	
''','participant.language 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458','null','participant.why 2 “好” 🎉 \N \. 	
''');
INSERT INTO "participant" VALUES(3,3,'participant.place 3 “好” 🎉 \N \. 	
''',3,'participant.department 3 “好” 🎉 \N \. 	
''','participant.level 3 “好” 🎉 \N \. 	
''','participant.zone 3 “好” 🎉 \N \. 	
''','participant.language 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459',2.5,'participant.why 3 “好” 🎉 \N \. 	
''');
CREATE TABLE person (
	id INTEGER NOT NULL, 
	email TEXT NOT NULL, 
	name TEXT NOT NULL, 
	manager INTEGER, 
	department TEXT NOT NULL, 
	level TEXT NOT NULL, 
	title TEXT NOT NULL, 
	roles JSON NOT NULL, 
	zone TEXT NOT NULL, 
	language TEXT NOT NULL, 
	hired_on DATE, 
	left_on DATE, 
	account TEXT, 
	active BOOLEAN NOT NULL, 
	away JSON NOT NULL, 
	CONSTRAINT person_pkey PRIMARY KEY (id), 
	CONSTRAINT person_email_key UNIQUE (email), 
	CONSTRAINT person_account_key UNIQUE (account), 
	CONSTRAINT person_manager_fkey FOREIGN KEY(manager) REFERENCES person (id)
);
INSERT INTO "person" VALUES(1,'person.email 1 “好” 🎉 \N \. 	
''','person.name 1 “好” 🎉 \N \. 	
''',2,'person.department 1 “好” 🎉 \N \. 	
''','person.level 1 “好” 🎉 \N \. 	
''','person.title 1 “好” 🎉 \N \. 	
''',5,'person.zone 1 “好” 🎉 \N \. 	
''','person.language 1 “好” 🎉 \N \. 	
''','2024-02-29','2024-02-29','person.account 1 “好” 🎉 \N \. 	
''',1,'{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}');
INSERT INTO "person" VALUES(2,'person.email 2 “好” 🎉 \N \. 	
''','person.name 2 “好” 🎉 \N \. 	
''',3,'person.department 2 “好” 🎉 \N \. 	
''','person.level 2 “好” 🎉 \N \. 	
''','person.title 2 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','person.zone 2 “好” 🎉 \N \. 	
''','person.language 2 “好” 🎉 \N \. 	
''',NULL,NULL,NULL,0,5);
INSERT INTO "person" VALUES(3,'person.email 3 “好” 🎉 \N \. 	
''','person.name 3 “好” 🎉 \N \. 	
''',1,'person.department 3 “好” 🎉 \N \. 	
''','person.level 3 “好” 🎉 \N \. 	
''','person.title 3 “好” 🎉 \N \. 	
''','"5"','person.zone 3 “好” 🎉 \N \. 	
''','person.language 3 “好” 🎉 \N \. 	
''','2024-03-02','2024-03-02','person.account 3 “好” 🎉 \N \. 	
''',0,'[0.30000000000000004,-1.5," ","null"]');
CREATE TABLE programme (
	id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	current BOOLEAN, 
	audience JSON NOT NULL, 
	schedule JSON NOT NULL, 
	questions JSON NOT NULL, 
	started_by INTEGER, 
	started_at DATETIME NOT NULL, 
	CONSTRAINT programme_pkey PRIMARY KEY (id), 
	CONSTRAINT programme_current_key UNIQUE (current), 
	CONSTRAINT programme_started_by_fkey FOREIGN KEY(started_by) REFERENCES person (id)
);
INSERT INTO "programme" VALUES(1,'programme.state 1 “好” 🎉 \N \. 	
''',1,5,5,'[0.30000000000000004,-1.5," ","null"]',1,'2026-03-02 09:30:15.123457');
INSERT INTO "programme" VALUES(2,'programme.state 2 “好” 🎉 \N \. 	
''',NULL,'[0.30000000000000004,-1.5," ","null"]','[0.30000000000000004,-1.5," ","null"]','"5"',2,'2026-03-02 09:30:15.123458');
INSERT INTO "programme" VALUES(3,'programme.state 3 “好” 🎉 \N \. 	
''',0,'"5"','"5"','null',3,'2026-03-02 09:30:15.123459');
CREATE TABLE reader (
	broadcast INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	CONSTRAINT reader_pkey PRIMARY KEY (broadcast, person), 
	CONSTRAINT reader_broadcast_fkey FOREIGN KEY(broadcast) REFERENCES broadcast (id), 
	CONSTRAINT reader_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "reader" VALUES(1,1);
INSERT INTO "reader" VALUES(2,2);
INSERT INTO "reader" VALUES(3,3);
CREATE TABLE rehearsal (
	cycle INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	asked_by INTEGER NOT NULL, 
	asked_at DATETIME NOT NULL, 
	mark TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	progress INTEGER NOT NULL, 
	until DATETIME, 
	found JSON, 
	failure TEXT NOT NULL, 
	CONSTRAINT rehearsal_pkey PRIMARY KEY (cycle), 
	CONSTRAINT rehearsal_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT rehearsal_asked_by_fkey FOREIGN KEY(asked_by) REFERENCES person (id)
);
INSERT INTO "rehearsal" VALUES(1,'rehearsal.state 1 “好” 🎉 \N \. 	
''',1,'2026-03-02 09:30:15.123457','rehearsal.mark 1 “好” 🎉 \N \. 	
''',1,1,'2026-03-02 09:30:15.123457','null','rehearsal.failure 1 “好” 🎉 \N \. 	
''');
INSERT INTO "rehearsal" VALUES(2,'rehearsal.state 2 “好” 🎉 \N \. 	
''',2,'2026-03-02 09:30:15.123458','rehearsal.mark 2 “好” 🎉 \N \. 	
''',2,2,NULL,NULL,'rehearsal.failure 2 “好” 🎉 \N \. 	
''');
INSERT INTO "rehearsal" VALUES(3,'rehearsal.state 3 “好” 🎉 \N \. 	
''',3,'2026-03-02 09:30:15.123459','rehearsal.mark 3 “好” 🎉 \N \. 	
''',3,3,'2026-03-02 09:30:15.123459','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','rehearsal.failure 3 “好” 🎉 \N \. 	
''');
CREATE TABLE response (
	id INTEGER NOT NULL, 
	checkin INTEGER NOT NULL, 
	author INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT response_pkey PRIMARY KEY (id), 
	CONSTRAINT response_checkin_fkey FOREIGN KEY(checkin) REFERENCES checkin (id), 
	CONSTRAINT response_author_fkey FOREIGN KEY(author) REFERENCES person (id)
);
INSERT INTO "response" VALUES(1,1,1,'response.kind 1 “好” 🎉 \N \. 	
''','response.text 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457');
INSERT INTO "response" VALUES(2,2,2,'response.kind 2 “好” 🎉 \N \. 	
''','response.text 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458');
INSERT INTO "response" VALUES(3,3,3,'response.kind 3 “好” 🎉 \N \. 	
''','response.text 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459');
CREATE TABLE sweep (
	"key" TEXT NOT NULL, 
	about JSON NOT NULL, 
	due_at DATETIME NOT NULL, 
	cursor INTEGER NOT NULL, 
	done BOOLEAN NOT NULL, 
	CONSTRAINT sweep_pkey PRIMARY KEY ("key")
);
INSERT INTO "sweep" VALUES('sweep.key 1 “好” 🎉 \N \. 	
''','{"what":"“好” 🎉 \\ \"''\n\t","n":[1,2.5,null,true],"deep":{"":{}}}','2026-03-02 09:30:15.123457',1,1);
INSERT INTO "sweep" VALUES('sweep.key 2 “好” 🎉 \N \. 	
''',5,'2026-03-02 09:30:15.123458',2,0);
INSERT INTO "sweep" VALUES('sweep.key 3 “好” 🎉 \N \. 	
''','[0.30000000000000004,-1.5," ","null"]','2026-03-02 09:30:15.123459',3,0);
CREATE TABLE "task" (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	scope INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	state TEXT NOT NULL, 
	opens_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	next_at DATETIME, 
	said INTEGER NOT NULL, 
	snoozed BOOLEAN NOT NULL, 
	live TEXT, 
	why TEXT NOT NULL, 
	done_at DATETIME, 
	owner INTEGER NOT NULL, 
	about INTEGER NOT NULL, 
	department TEXT NOT NULL, 
	said_at DATETIME, 
	told_due DATETIME, 
	CONSTRAINT task_pkey PRIMARY KEY (id), 
	CONSTRAINT task_person_fkey FOREIGN KEY(person) REFERENCES person (id), 
	CONSTRAINT task_kind_scope_subject_owner_about_key UNIQUE (kind, scope, subject, owner, about), 
	CONSTRAINT task_owner_fkey FOREIGN KEY(owner) REFERENCES person (id), 
	CONSTRAINT task_about_fkey FOREIGN KEY(about) REFERENCES person (id)
);
INSERT INTO "task" VALUES(1,'task.kind 1 “好” 🎉 \N \. 	
''',1,1,'task.subject 1 “好” 🎉 \N \. 	
''','task.state 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457',1,1,'task.live 1 “好” 🎉 \N \. 	
''','task.why 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457',1,1,'task.department 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457','2026-03-02 09:30:15.123457');
INSERT INTO "task" VALUES(2,'task.kind 2 “好” 🎉 \N \. 	
''',2,2,'task.subject 2 “好” 🎉 \N \. 	
''','task.state 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458','2026-03-02 09:30:15.123458','2026-03-02 09:30:15.123458',NULL,2,0,NULL,'task.why 2 “好” 🎉 \N \. 	
''',NULL,2,2,'task.department 2 “好” 🎉 \N \. 	
''',NULL,NULL);
INSERT INTO "task" VALUES(3,'task.kind 3 “好” 🎉 \N \. 	
''',3,3,'task.subject 3 “好” 🎉 \N \. 	
''','task.state 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459',3,0,'task.live 3 “好” 🎉 \N \. 	
''','task.why 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459',3,3,'task.department 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459','2026-03-02 09:30:15.123459');
CREATE TABLE team_channel (
	manager INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	CONSTRAINT team_channel_pkey PRIMARY KEY (manager), 
	CONSTRAINT team_channel_manager_fkey FOREIGN KEY(manager) REFERENCES person (id)
);
INSERT INTO "team_channel" VALUES(1,'team_channel.channel 1 “好” 🎉 \N \. 	
''');
INSERT INTO "team_channel" VALUES(2,'team_channel.channel 2 “好” 🎉 \N \. 	
''');
INSERT INTO "team_channel" VALUES(3,'team_channel.channel 3 “好” 🎉 \N \. 	
''');
CREATE TABLE template (
	name TEXT NOT NULL, 
	text TEXT NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT template_pkey PRIMARY KEY (name)
);
INSERT INTO "template" VALUES('template.name 1 “好” 🎉 \N \. 	
''','template.text 1 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123457');
INSERT INTO "template" VALUES('template.name 2 “好” 🎉 \N \. 	
''','template.text 2 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123458');
INSERT INTO "template" VALUES('template.name 3 “好” 🎉 \N \. 	
''','template.text 3 “好” 🎉 \N \. 	
''','2026-03-02 09:30:15.123459');
CREATE TABLE timeline (
	cycle INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	told JSON NOT NULL, 
	CONSTRAINT timeline_pkey PRIMARY KEY (cycle, person), 
	CONSTRAINT timeline_cycle_fkey FOREIGN KEY(cycle) REFERENCES cycle (id), 
	CONSTRAINT timeline_person_fkey FOREIGN KEY(person) REFERENCES person (id)
);
INSERT INTO "timeline" VALUES(1,1,'[0.30000000000000004,-1.5," ","null"]');
INSERT INTO "timeline" VALUES(2,2,'"5"');
INSERT INTO "timeline" VALUES(3,3,'null');
CREATE INDEX person_manager ON person (manager);
CREATE UNIQUE INDEX conversation_kept_key ON conversation (person, flow, subject) WHERE state <> 'dropped';
CREATE UNIQUE INDEX conversation_in_chat_key ON conversation (person) WHERE in_chat = 1;
CREATE INDEX message_waiting ON message (urgency, due_at, seq) WHERE state = 'waiting';
CREATE INDEX message_turn ON message (addressee, seq) WHERE urgency = 0 AND state IN ('waiting', 'sending');
CREATE INDEX message_held ON message (owner) WHERE owner IS NOT NULL;
CREATE INDEX message_sending ON message (lease_until) WHERE state = 'sending';
CREATE INDEX message_unsure ON message (unsure_since) WHERE state = 'unsure';
CREATE INDEX message_parked ON message (seq) WHERE state = 'parked';
CREATE INDEX inbound_at ON inbound (at);
CREATE INDEX checkin_person_round ON checkin (person, round);
CREATE INDEX response_checkin ON response (checkin);
CREATE INDEX goal_person ON goal (person);
CREATE INDEX task_open ON task (person, due_at) WHERE state = 'open';
CREATE INDEX task_counted ON task (scope, kind, subject, department, state);
CREATE INDEX task_next ON task (next_at, person) WHERE state = 'open' AND next_at IS NOT NULL;
CREATE INDEX task_owned ON task (owner) WHERE state = 'open';
CREATE INDEX task_about ON task (about) WHERE state = 'open';
CREATE INDEX message_day ON message (person, day) WHERE day IS NOT NULL;
CREATE INDEX message_stale ON message (urgency, stale_due_at) WHERE state = 'sent' AND stale_due_at IS NOT NULL;
CREATE INDEX participant_person ON participant (person);
CREATE INDEX participant_manager ON participant (cycle, manager, person);
CREATE INDEX participant_asked ON participant (cycle, person) WHERE place = 'asked';
CREATE INDEX delegation_person ON delegation (person);
CREATE INDEX delegation_deputy ON delegation (deputy);
CREATE INDEX rehearsal_to_do ON rehearsal (asked_at) WHERE state IN ('asked', 'playing');
CREATE INDEX sweep_due ON sweep (due_at) WHERE NOT done;
CREATE INDEX notice_due ON notice (due_at) WHERE state = 'waiting';
CREATE INDEX notice_person ON notice (person) WHERE state = 'waiting';
COMMIT;
